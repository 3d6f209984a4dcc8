// A server that hangs holds nothing up.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Lifecycle, TimeoutError, type Session } from "./lifecycle";

/** Servers that are started one after the other; each answers, hangs or fails as it is told. */
class Servers {
  readonly events: string[] = [];
  readonly failures: unknown[] = [];
  running = 0;
  most = 0;
  private readonly plan: ("answers" | "hangs" | "fails")[];

  constructor(...plan: ("answers" | "hangs" | "fails")[]) {
    this.plan = plan;
  }

  lifecycle(limit = 60_000): Lifecycle {
    return new Lifecycle({
      create: async () => {
        await sleep(1);
        const does = this.plan.shift();
        return does === undefined ? undefined : this.session(does);
      },
      failed: (_, error) => this.failures.push(error),
      limit,
    });
  }

  private session(does: "answers" | "hangs" | "fails"): Session {
    let alive = false;
    return {
      start: async () => {
        alive = true;
        this.running += 1;
        this.most = Math.max(this.most, this.running);
        this.events.push(`start ${does}`);
        if (does === "hangs") {
          await new Promise(() => undefined);
        } else if (does === "fails") {
          throw new Error("it fails");
        }
      },
      end: async () => {
        await sleep(5);
        if (alive) {
          alive = false;
          this.running -= 1;
          this.events.push(`end ${does}`);
        }
      },
    };
  }
}

async function soon(promise: Promise<unknown>): Promise<void> {
  const late = Symbol("late");
  const first = await Promise.race([promise, sleep(2000, late)]);
  assert.notEqual(first, late, "it waits for a server that hangs");
}

test("a restart overtakes a start that is never answered", async () => {
  const servers = new Servers("hangs", "answers");
  const lifecycle = servers.lifecycle();
  void lifecycle.restart();
  await sleep(20);
  await soon(lifecycle.restart());
  assert.deepEqual(servers.events, ["start hangs", "end hangs", "start answers"]);
  assert.deepEqual(servers.failures, [], "what was overtaken is no failure");
});

test("a stop overtakes a start that is never answered", async () => {
  const servers = new Servers("hangs");
  const lifecycle = servers.lifecycle();
  void lifecycle.restart();
  await sleep(20);
  await soon(lifecycle.stop());
  assert.deepEqual(servers.events, ["start hangs", "end hangs"]);
});

test("a start that is never answered ends, with one failure", async () => {
  const servers = new Servers("hangs");
  await soon(servers.lifecycle(50).restart());
  assert.deepEqual(servers.events, ["start hangs", "end hangs"]);
  assert.equal(servers.failures.length, 1);
  assert.ok(servers.failures[0] instanceof TimeoutError);
});

test("a start that fails is reported once, and the next one is not held up", async () => {
  const servers = new Servers("fails", "answers");
  const lifecycle = servers.lifecycle();
  await lifecycle.restart();
  assert.match(String(servers.failures), /it fails/);
  await lifecycle.restart();
  assert.equal(servers.running, 1);
});

test("many restarts at once leave one server", async () => {
  const servers = new Servers("answers", "answers", "answers", "answers");
  const lifecycle = servers.lifecycle();
  await lifecycle.restart();
  await Promise.all([lifecycle.restart(), lifecycle.restart(), lifecycle.restart()]);
  assert.equal(servers.running, 1);
  assert.equal(servers.most, 1, "never two at a time");
  await lifecycle.stop();
  assert.equal(servers.running, 0);
});

test("without a server to run there is nothing to fail", async () => {
  const servers = new Servers();
  await servers.lifecycle().restart();
  assert.deepEqual([servers.events, servers.failures], [[], []]);
});
