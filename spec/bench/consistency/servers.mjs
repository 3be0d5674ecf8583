/** The process of the servers, and a Chromium. */
import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launchChromium } from "../../../scripts/chromium.cjs";

const peersServer = fileURLToPath(new URL("../peers/consistency/server.mjs", import.meta.url));

/** `folder` holds the pages and `script`. With `isSecure` there is HTTP/2 as well, for which openssl is needed. */
export async function startServers({ folder, script, hasPeers, isSecure = false }) {
  const files = isSecure ? makeCertificate(folder) : [];
  const child = fork(script, [folder, hasPeers ? peersServer : "", ...files], {
    env: { ...process.env, NODE_ENV: "production" },
  });
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`the server ended with ${code}`);
  });
  failed.catch(() => undefined);
  const [{ port, securePort }] = await Promise.race([once(child, "message"), failed]);
  return {
    url: `http://127.0.0.1:${port}`,
    secureUrl: securePort === null ? null : `https://127.0.0.1:${securePort}`,
    /** Milliseconds by the name of a read, and `all`. */
    setDelays: async (delays) => {
      child.send({ delays });
      await once(child, "message");
    },
    close: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

function makeCertificate(folder) {
  const files = ["key.pem", "cert.pem"].map((name) => join(folder, name));
  const [key, cert] = files;
  const { status } = spawnSync("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
    ...["-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
    ...["-keyout", key, "-out", cert],
  ]);
  return status === 0 ? files : [];
}

/** One that takes the certificate made here. */
export const openChromium = () => launchChromium(["--ignore-certificate-errors"]);

/** Counts requests to the servers, and the bytes that came down, heads included. */
export async function countTraffic(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const asked = new Set();
  let bytes = 0;
  let open = 0;
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (!/\/(?:rest|trpc|lines|api\/mizan)\//.test(request.url)) return;
    asked.add(requestId);
    open += 1;
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (!asked.has(requestId)) return;
    bytes += encodedDataLength;
    open -= 1;
  });
  session.on("Network.loadingFailed", ({ requestId }) => {
    if (asked.has(requestId)) open -= 1;
  });
  return {
    /** What there was since it was asked last; waits for what is under way. */
    take: async () => {
      while (open > 0) await page.waitForTimeout(5);
      const taken = { requests: asked.size, bytes };
      asked.clear();
      bytes = 0;
      return taken;
    },
  };
}
