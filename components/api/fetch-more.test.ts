import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { fetchMore } from "./fetch-more.ts";

/** A list of two pages whose server answers when it is told to. */
function openList() {
  const client = new QueryClient();
  const server = { version: 1, answers: [] as (() => void)[] };
  const list = new InfiniteQueryObserver(client, {
    queryKey: ["list"],
    queryFn: async ({ pageParam, signal }) => {
      await new Promise<void>((answer) => server.answers.push(answer));
      signal.throwIfAborted();
      return `page ${pageParam} as of ${server.version}`;
    },
    initialPageParam: 1,
    getNextPageParam: (_, all) => (all.length < 2 ? all.length + 1 : undefined),
  });
  list.subscribe(() => {});
  const answer = async () => {
    await expect.poll(() => server.answers.length).toBeGreaterThan(0);
    server.answers.shift()!();
  };
  return { client, server, list, answer, pages: () => list.getCurrentResult().data?.pages };
}

test("the next page of a list does not take the place of what has changed in it", async () => {
  const { client, server, list, answer, pages } = openList();
  await answer();
  await expect.poll(pages).toEqual(["page 1 as of 1"]);
  server.version = 2;
  void client.invalidateQueries({ queryKey: ["list"] });
  expect(list.getCurrentResult().isFetching).toBe(true);
  const more = fetchMore(list.getCurrentResult());
  await answer();
  await answer();
  await more;
  expect(pages()).toEqual(["page 1 as of 2", "page 2 as of 2"]);
});

test("a next page that is on its way is not asked for again", async () => {
  const { server, list, answer, pages } = openList();
  await answer();
  await expect.poll(pages).toEqual(["page 1 as of 1"]);
  const more = fetchMore(list.getCurrentResult());
  await fetchMore(list.getCurrentResult());
  await answer();
  await more;
  expect(pages()).toEqual(["page 1 as of 1", "page 2 as of 1"]);
  expect(server.answers).toEqual([]);
});
