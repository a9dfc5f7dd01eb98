/** What is written, as far as a test looks at it: plain data. */
export type Written = Readonly<Record<string, unknown>>;

/** What a request does, in its order: the operation, and what is written after it. */
export interface Effect<State extends Written = Written> {
  readonly act: string;
  readonly after: State;
}

/** A request that writes. */
export interface Wish<State extends Written = Written> {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly effects: readonly Effect<State>[];
  /** Where there are several effects: whether they are done and answered one by one, or all or none. */
  readonly answered?: 'apart' | 'together';
}

/** What one writer writes, and nobody else. */
export interface Subject<State extends Written = Written> {
  readonly name: string;
  /** What there is before it writes. */
  readonly beginning: State;
  /** What is to be written next. */
  next(state: State): Wish<State>;
  /** What is written, as the service answers it. */
  read(ask: Ask): Promise<State>;
  /** An effect, as the record of events tells it. */
  told(effect: Effect<State>): string;
}

export type Ask = (method: string, path: string, body?: string, headers?: Record<string, string>) => Promise<Response>;

/**
 * Writes one thing after the other, and knows what was acknowledged of it and what was under way when the service was
 * gone.
 */
export class Writer {
  readonly subject: Subject;
  /** Everything that is known to have been done, in order. */
  readonly done: Effect[] = [];
  #underWay: { readonly wish: Wish; readonly effects: Effect[] } | undefined;
  /** The last act that was answered, of those that are to be done once. */
  #once: Wish | undefined;

  constructor(subject: Subject) {
    this.subject = subject;
  }

  get #state(): Written {
    return this.done.at(-1)?.after ?? this.subject.beginning;
  }

  /**
   * Writes until the service is gone.
   *
   * @throws Error where the service refuses what it should do.
   */
  async write(ask: Ask): Promise<void> {
    while (await this.#send(ask, this.subject.next(this.#state)));
  }

  /** Whether it was answered to its end. */
  async #send(ask: Ask, wish: Wish): Promise<boolean> {
    this.#underWay = { wish, effects: [...wish.effects] };
    const { method, path, body, headers } = wish;
    const response = await ask(method, path, body, headers).catch(() => undefined);
    if (!response) return false;
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    // An answer that has begun is a promise kept; of lines, each for itself.
    const ended = wish.answered === 'apart' ? await this.#readLines(response) : this.#acknowledge(wish.effects.length);
    if (!ended) return false;
    this.#underWay = undefined;
    if (isOnce(wish)) this.#once = wish;
    return true;
  }

  async #readLines(response: Response): Promise<boolean> {
    try {
      for await (const text of (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
        if (text.includes('"problem"')) throw new SyntaxError(text);
        this.#acknowledge(text.split('\n').length - 1);
      }
      return true;
    } catch (error) {
      if (error instanceof SyntaxError) throw error;
      return false;
    }
  }

  #acknowledge(count: number): true {
    this.done.push(...(this.#underWay?.effects.splice(0, count) ?? []));
    return true;
  }

  /**
   * Finds out what has become of what was under way: the service has done it to its end or not at all, of lines the
   * first so many. What is to be done once is then sent again, be it answered already.
   *
   * @throws Error where anything else is there.
   */
  async recover(ask: Ask): Promise<void> {
    const found = JSON.stringify(await this.subject.read(ask));
    const { wish, effects = [] } = this.#underWay ?? {};
    const possible = [this.#state, ...effects.map(({ after }) => after)];
    const place = possible.findIndex((state) => JSON.stringify(state) === found);
    const half = wish?.answered === 'together' && place > 0 && place < effects.length;
    if (place < 0 || half) throw new Error(`${this.subject.name}: ${found}, not as in ${JSON.stringify(possible)}`);
    this.#acknowledge(place);
    this.#underWay = undefined;
    if (wish && isOnce(wish)) await this.#sendAgain(ask, wish, place > 0);
    if (this.#once) await this.#sendAgain(ask, this.#once, true);
  }

  async #sendAgain(ask: Ask, wish: Wish, wasDone: boolean): Promise<void> {
    const before = this.done.length;
    if (!(await this.#send(ask, wish))) throw new Error(`${this.subject.name}: not answered`);
    if (wasDone) this.done.length = before;
    const found = JSON.stringify(await this.subject.read(ask));
    if (found !== JSON.stringify(this.#state))
      throw new Error(`${this.subject.name}: ${found} after it was sent again`);
  }
}

function isOnce({ headers }: Wish): boolean {
  return headers?.['idempotency-key'] !== undefined;
}
