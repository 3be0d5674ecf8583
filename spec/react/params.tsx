import { Suspense, useEffect, useState } from "react";
import { contextOf, fetchOf } from "@mizan/runtime/abi/v1/client";
import { providerOf, rootProvider, suspenseSlotHook } from "@mizan/runtime/abi/v1/react";
import { createClient } from "@mizan/runtime/client";
import { MizanErrorBoundary } from "@mizan/runtime/react";
import {
  MizanContext,
  OddContext,
  UserContext,
  contract,
  openPage,
  step,
  useOddValue,
  userBundle,
  type Page,
} from "./harness.js";
import { Name, User, motd, open } from "./views.js";

export function paramSuite(): void {
  test("other params show nothing until their answer came", async () => {
    const page = openPage();
    const tree = (user_id: number) => (
      <UserContext user_id={user_id}>
        <Name />
        <User />
      </UserContext>
    );
    await open(page, tree(1));
    await page.server.answer(userBundle(1, "Ada"));
    await page.server.answer(motd);
    await open(page, tree(2));
    expect(page.text()).toBe("? loading - fetching ?");
    await page.server.answer(userBundle(2, "Grace"));
    expect(page.text()).toBe("Grace success - at rest Grace");
  });

  describe("keepPrevious", () => {
    const tree = (user_id: number) => (
      <UserContext user_id={user_id} keepPrevious>
        <Name />
        <User />
      </UserContext>
    );

    async function openFirst(): Promise<Page> {
      const page = openPage();
      await open(page, tree(1));
      await page.server.answer(userBundle(1, "Ada"));
      await page.server.answer(motd);
      return page;
    }

    test("shows the old data until the new arrived, also over two changes", async () => {
      const page = await openFirst();
      await open(page, tree(2));
      expect(page.text()).toBe("Ada success - fetching Ada");
      await open(page, tree(3));
      expect(page.text()).toBe("Ada success - fetching Ada");
      await page.server.answer(userBundle(3, "Grace"));
      expect(page.text()).toBe("Grace success - at rest Grace");
    });

    test("never shows slots of two instances side by side", async () => {
      const page = await openFirst();
      await open(page, tree(2));
      await step(() => page.server.waiting[0]?.bring({ user_profile: { name: "Grace" } }));
      expect(page.text()).toBe("Ada success - fetching Ada");
    });

    test("ends with a failure of the new", async () => {
      const page = await openFirst();
      await open(page, tree(2));
      await page.server.answer({ error: true, code: "NOT_FOUND", message: "gone" }, 404);
      expect(page.text()).toBe("? error NOT_FOUND at rest ?");
    });

    test("does not outlive a change of identity", async () => {
      const page = await openFirst();
      await open(page, tree(2));
      await step(() => page.client.reset());
      expect(page.text()).toBe("? loading - fetching ?");
    });

    test("shows nothing of another client", async () => {
      const page = await openFirst();
      const other = createClient({ transport: page.server });
      await page.render(<MizanContext client={other}>{tree(2)}</MizanContext>);
      expect(page.text()).toBe("? loading - fetching ?");
    });
  });

  test("params with React's own names go in through params", async () => {
    const page = openPage();
    function Odd() {
      return <b>{useOddValue() ?? "?"}</b>;
    }
    await open(
      page,
      <OddContext params={{ key: "k", children: 2 }}>
        <Odd />
      </OddContext>,
    );
    expect(page.server.lines[0]).toBe('odd {"children":2,"key":"k"}');
    await page.server.answer({ odd_value: { result: "yes" } });
    expect(page.text()).toBe("yes");
  });

  test("inline params that say the same again ask nothing again", async () => {
    const page = openPage();
    let again = () => {};
    function Parent() {
      const [count, setCount] = useState(0);
      useEffect(() => {
        again = () => setCount((before) => before + 1);
      }, []);
      return <UserContext params={{ user_id: 5 }} keepPrevious={count > 5} />;
    }
    await open(page, <Parent />);
    await step(() => again());
    await step(() => again());
    expect(page.server.lines.filter((line) => line.startsWith("user"))).toHaveLength(1);
    expect(page.events.filter(({ type }) => type === "unmount")).toHaveLength(0);
  });

  describe("that no contract declares", () => {
    /** A page whose server, behind HTTP, refuses everything, and what it was asked for. */
    function openRefused() {
      const page = openPage();
      const paths: string[] = [];
      const client = createClient({
        retry: 0,
        fetch: async (url, init) => {
          paths.push(`${url} ${init?.body ?? ""}`);
          const body = { error: true, code: "VALIDATION_ERROR", message: "no" };
          const headers = { get: () => null };
          // jsdom has no Response.
          return {
            status: 422,
            headers,
            text: async () => JSON.stringify(body),
          } as unknown as Response;
        },
      });
      const show = async (given: unknown): Promise<string> => {
        const params = { user_id: given as number };
        await page.render(
          <OtherRoot client={client}>
            <UserContext params={params}>
              <User />
            </UserContext>
          </OtherRoot>,
        );
        await step(() => {});
        await step(() => {});
        return page.text();
      };
      return { paths, show };
    }
    const OtherRoot = rootProvider(contract);
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;

    test.each([
      ["NaN", NaN, '"NaN"'],
      ["a function", () => 5, "=>"],
      ["an object", {}, "{}"],
      ["a list", [5, 6], "[5,6]"],
    ])("%s is asked for once, and refused by the server", async (_, given, sent) => {
      const { paths, show } = openRefused();
      expect(await show(given)).toBe("error VALIDATION_ERROR at rest ?");
      expect(paths).toEqual([expect.stringContaining(sent)]);
    });

    test.each([
      ["a symbol", Symbol("five")],
      ["a cyclic value", cyclic],
      ["a list of BigInt", [5n]],
    ])("%s cannot be sent", async (_, given) => {
      const { paths, show } = openRefused();
      expect(await show(given)).toBe("error NETWORK at rest ?");
      expect(paths).toEqual([]);
    });

    test("a BigInt is the integer that it stands for, undefined is no param", async () => {
      const { paths, show } = openRefused();
      await show(5n);
      await show(5);
      await show("05");
      expect(paths).toEqual([expect.stringContaining('"user_id":"5"')]);
      await show(undefined);
      await show(null);
      expect(paths.slice(1)).toEqual([expect.stringContaining('"params":{}')]);
      // Texts that JSON would not tell from null.
      await show(NaN);
      expect(paths).toHaveLength(3);
    });

    test("of a json param, what has no text as JSON is thrown while rendering, and nothing is asked", async () => {
      const page = openPage();
      const anyContext = contextOf(contract)<{ filter: unknown }, { found: string }>("any", {
        found: "box filter:json",
      });
      const AnyContext = providerOf(anyContext);
      const useFound = suspenseSlotHook(anyContext, "found");
      const Found = () => <b>{useFound()}</b>;
      const silence = jest.spyOn(console, "error").mockImplementation(() => undefined);
      const show = (filter: unknown) =>
        open(
          page,
          <MizanErrorBoundary
            key={String(filter)}
            fallback={({ error }) => String(error).slice(0, 30)}
          >
            <Suspense fallback="…">
              <AnyContext filter={filter}>
                <Found />
              </AnyContext>
            </Suspense>
          </MizanErrorBoundary>,
        );
      const asked = () => page.server.lines.filter((line) => line.startsWith("any"));
      for (const [filter, message] of [
        [cyclic, "TypeError: Converting circular"],
        [5n, "TypeError: Do not know how to s"],
      ] as const) {
        await show(filter);
        expect(message).toContain(page.text());
        expect(page.text()).toMatch(/^TypeError/);
        expect(asked()).toEqual([]);
      }
      silence.mockRestore();
      const read = fetchOf(anyContext)({ filter: cyclic }, { client: page.client });
      await expect(read).rejects.toThrow(TypeError);
      expect(asked()).toEqual([]);
      // A function has none either, and is left out as JSON does.
      await show({ name: "a", toString: () => "", at: () => 1 });
      expect(asked()).toHaveLength(1);
    });
  });
}
