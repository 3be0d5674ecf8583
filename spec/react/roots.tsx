import { useEffect, type ReactNode } from "react";
import { createClient, type Client } from "@mizan/runtime/client";
import { rootProvider, useMizan } from "@mizan/runtime/abi/v1/react";
import {
  MizanContext,
  UserContext,
  createTestServer,
  openPage,
  useMotd,
  usePing,
  useUserContext,
  useUserProfile,
} from "./harness.js";

const OtherRoot = rootProvider({ hash: "fedcba9876543210", headerPrefix: "X-Mizan-" });

function Seen({ on }: { readonly on: (client: Client) => void }) {
  const { client } = useMizan();
  useEffect(() => on(client), [client, on]);
  return null;
}

/** What React reports when this tree is rendered. */
async function failure(tree: ReactNode): Promise<string> {
  const silence = jest.spyOn(console, "error").mockImplementation(() => undefined);
  try {
    await openPage().render(tree);
    return "nothing";
  } catch (error) {
    return error instanceof Error ? error.message : "no error";
  } finally {
    silence.mockRestore();
  }
}

export function rootSuite(): void {
  test("the root mounts the global context", async () => {
    const page = openPage();
    function Motd() {
      return <p>{useMotd() ?? "?"}</p>;
    }
    await page.render(
      <MizanContext client={page.client}>
        <Motd />
      </MizanContext>,
    );
    expect(page.server.lines).toEqual(["global {}"]);
    await page.server.answer({ motd: { result: "hello" } });
    expect(page.text()).toBe("hello");
  });

  test("a root without a client makes one, and another only for another address", async () => {
    const page = openPage();
    const seen: Client[] = [];
    const on = (client: Client) => void seen.push(client);
    const tree = (baseUrl: string) => (
      <MizanContext baseUrl={baseUrl} transport={createTestServer()}>
        <Seen on={on} />
      </MizanContext>
    );
    await page.render(tree("/a"));
    await page.render(tree("/a"));
    expect(seen).toHaveLength(1);
    await page.render(tree("/b"));
    expect(seen).toHaveLength(2);
    expect(seen[0]).not.toBe(seen[1]);
  });

  test("another client takes over what the first one mounted", async () => {
    const page = openPage();
    const server = createTestServer();
    const other = createClient({ transport: server });
    const tree = (client: Client) => (
      <MizanContext client={client}>
        <UserContext user_id={5} />
      </MizanContext>
    );
    await page.render(tree(page.client));
    await page.render(tree(other));
    expect(server.lines).toEqual(['user {"user_id":5}', "global {}"]);
    expect(page.server.waiting).toEqual([]);
  });

  test("hooks outside their provider say which one to add", async () => {
    const page = openPage();
    const components: readonly (readonly [() => unknown, string])[] = [
      [useUserProfile, "Add <UserContext> above"],
      [useUserContext, "Add <UserContext> above"],
      [useMotd, "Add <MizanContext> above"],
      [usePing, "Add <MizanContext> above"],
      [useMizan, "Add <MizanContext> above"],
    ];
    for (const [hook, message] of components) {
      function Uses() {
        hook();
        return null;
      }
      expect(await failure(<Uses />)).toBe(message);
    }
    expect(await failure(<UserContext user_id={5} />)).toBe("Add <MizanContext> above");
    function Profile() {
      useUserProfile();
      return null;
    }
    // The root of another contract is no root for this one.
    expect(
      await failure(
        <OtherRoot client={page.client}>
          <UserContext user_id={5}>
            <Profile />
          </UserContext>
        </OtherRoot>,
      ),
    ).toBe("Add <MizanContext> above");
  });

  test("two contracts on one page keep their clients apart", async () => {
    const page = openPage();
    const other = createClient({ transport: createTestServer() });
    await page.render(
      <MizanContext client={page.client}>
        <OtherRoot client={other}>
          <UserContext user_id={5} />
        </OtherRoot>
      </MizanContext>,
    );
    expect(page.server.lines).toContain('user {"user_id":5}');
  });
}
