// Starts, restarts and stops the server so that none of these waits for one that hangs. Knows nothing of VS Code, so that it
// can be tested without one.

/** A server that is about to run, runs, or failed to. */
export interface Session {
  /** Resolves once the server answered. */
  start(): Promise<void>;
  /** Ends the server, in whatever state it is; resolves soon, also when the server does not cooperate. */
  end(): Promise<void>;
}

export interface Options {
  /** A session that is not started yet; nothing if there is no server to run, which `create` has reported itself. */
  create(): Promise<Session | undefined>;
  /** Reports why a session did not start. */
  failed(session: Session, error: unknown): void;
  /** For how many milliseconds a start may take. */
  limit: number;
}

/** The one session. A restart or a stop overtakes a start that is under way; what is overtaken reports nothing. */
export class Lifecycle {
  private current: Session | undefined;
  private newest = 0;
  private overtake: () => void = () => undefined;
  private ending: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: Options) {}

  async restart(): Promise<void> {
    const mine = await this.endCurrent();
    if (mine !== this.newest) {
      return;
    }
    const session = await this.options.create();
    if (session === undefined || mine !== this.newest) {
      return;
    }
    this.current = session;
    const overtaken = new Promise<void>((resolve) => (this.overtake = resolve));
    try {
      await within(Promise.race([session.start(), overtaken]), this.options.limit);
    } catch (error) {
      // A later start has replaced this one, and ends it.
      if (mine === this.newest) {
        this.current = undefined;
        await session.end().catch(() => undefined);
        this.options.failed(session, error);
      }
    }
  }

  async stop(): Promise<void> {
    await this.endCurrent();
  }

  /** Ends what runs or starts; gives the number of this call, which is the newest until the next one. */
  private async endCurrent(): Promise<number> {
    this.newest += 1;
    const mine = this.newest;
    const old = this.current;
    this.current = undefined;
    this.overtake();
    // Two calls in a row both wait for the same server to be gone: there are never two.
    this.ending = Promise.all([this.ending, old?.end().catch(() => undefined)]);
    await this.ending;
    return mine;
  }
}

/** What `promise` gives, or an error after `limit` milliseconds. */
export function within<T>(promise: Promise<T>, limit: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimeoutError(limit)), limit);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

export class TimeoutError extends Error {
  constructor(readonly limit: number) {
    super(`no answer in ${limit / 1000} s`);
  }
}
