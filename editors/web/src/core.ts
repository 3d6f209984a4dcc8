/** The core as the page sees it: it runs in a worker, and answers later. */

import type { Method, Reply, Request, Requests } from "./protocol.js";

export class Core {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { done: (answer: never) => void; failed: (error: Error) => void }>();
  #last = 0;

  /** `source` is the program of the worker. */
  constructor(source: string) {
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    this.#worker = new Worker(address);
    URL.revokeObjectURL(address);
    this.#worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("error" in data) {
        waiting?.failed(new Error(data.error));
      } else {
        waiting?.done(data.answer as never);
      }
    });
    // A worker that cannot start, or breaks, answers nothing more.
    this.#worker.addEventListener("error", (event) => {
      for (const { failed } of this.#waiting.values()) {
        failed(new Error(event.message));
      }
      this.#waiting.clear();
    });
  }

  request<M extends Method>(method: M, ...given: Requests[M]["arguments"]): Promise<Requests[M]["answer"]> {
    const id = ++this.#last;
    return new Promise((done, failed) => {
      this.#waiting.set(id, { done, failed });
      this.#worker.postMessage({ id, method, arguments: given } satisfies Request<M>);
    });
  }
}
