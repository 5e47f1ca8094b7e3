import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./schema.js";

/** An answer about one person. Only `send: true` lets a message out. */
export interface Answer {
  address: string;
  send: boolean;
  /** permitted, refused or not-shown. */
  verdict: string;
  /** The stable code of what decides. */
  reason: string;
  /** What names the decision; absent where nothing is on record. */
  decision?: string;
  /** What went wrong; absent where nothing did. */
  failure?: string;
}

/** The opt-out link of one message. */
export interface Link {
  url: string;
  headers: Record<string, string>;
}

/** What a link stops. */
export type LinkScope = Omit<components["schemas"]["OptOutLinkAsked"], "address" | "channel"> & { channel?: string };

/** A request to stop; what is left out is not narrowed. */
export type Refusal = Partial<Omit<components["schemas"]["RefusalReported"], "address">>;

/** It was not recorded, or there is no link: do it again, or do not send. */
export class MaySendError extends Error {
  constructor(message: string, readonly status?: number) {
    super(message);
    this.name = "MaySendError";
  }
}

/** Addresses asked for in one call of a list. */
const atOnce = 1000;

/** Asks a MaySend server. Questions never throw for what went wrong: whatever fails is a no. */
export class MaySend {
  /** The whole API, typed by its own description. */
  readonly api: Client<paths>;
  readonly #timeout: number;

  /**
   * @param server Where it is, such as https://maysend.example.
   * @param key An API key: `decide` suffices to ask and to make links, `record` to record.
   * @param timeout How long a call may take, in milliseconds.
   */
  constructor(server: string, key: string, timeout = 10_000) {
    this.#timeout = timeout;
    this.api = createClient<paths>({
      baseUrl: server.replace(/\/+$/, ""),
      headers: { Authorization: `Bearer ${key}` },
      redirect: "error",
    });
  }

  /** May the message of this campaign go to this person, now? */
  async ask(address: string, campaign: string): Promise<Answer> {
    try {
      const { data, error, response } = await this.api.POST("/v1/decisions", { body: { address, campaign }, signal: this.#signal() });
      return read(address, data ?? error, response.ok, response.status);
    } catch (fault) {
      return no(address, says(fault));
    }
  }

  /** The same for many, in their order, each exactly once. What has no answer of its own is a no. */
  async *askMany(addresses: Iterable<string>, campaign: string): AsyncGenerator<Answer> {
    const all = [...addresses];
    for (let first = 0; first < all.length; first += atOnce) yield* await this.#askSome(all.slice(first, first + atOnce), campaign);
  }

  async #askSome(addresses: string[], campaign: string): Promise<Answer[]> {
    const answers = addresses.map((address) => no(address, "the list ended before its answer"));
    try {
      const { data, response } = await this.api.POST("/v1/decisions/batch", {
        body: addresses as never,
        bodySerializer: () => addresses.map((address) => JSON.stringify({ address, campaign })).join("\n"),
        headers: { "Content-Type": "application/x-ndjson" },
        parseAs: "text",
        signal: this.#signal(),
      });
      for (const line of String(data ?? "").split("\n").filter((text) => text.length > 0)) {
        const body = JSON.parse(line) as { line?: number };
        const place = (body.line ?? 0) - 1;
        const address = addresses[place];
        if (address !== undefined) answers[place] = read(address, body, response.ok, response.status);
      }
    } catch (fault) {
      // What was answered before stands; the rest is no.
      for (const answer of answers) if (answer.failure !== undefined) answer.failure = says(fault);
    }
    return answers;
  }

  /** The opt-out link of one message to one person, who must be on record. Throws when there is none: the message must not go. */
  async link(address: string, scope: LinkScope): Promise<Link> {
    const { data, error, response } = await this.#sure(() =>
      this.api.POST("/v1/opt-out-links", { body: { channel: "email", ...scope, address }, signal: this.#signal() }),
    );
    if (data?.url === undefined || data.headers === undefined) throw new MaySendError(wrong(error) ?? "the answer holds no link", response.status);
    return { url: data.url, headers: data.headers as Record<string, string> };
  }

  /** Records a request to stop that reached you by telephone, letter or otherwise. Throws when it was not recorded. */
  async refuse(address: string, refusal: Refusal = {}, idempotencyKey?: string): Promise<void> {
    await this.#recorded(() =>
      this.api.POST("/v1/refusals", {
        body: { how: "other", ...refusal, address } as components["schemas"]["RefusalReported"],
        headers: idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey },
        signal: this.#signal(),
      }),
    );
  }

  /** Records what happened: an order, a consent, a message sent. Throws when it was not recorded. */
  async record(address: string, entry: components["schemas"]["ContactEntry"], idempotencyKey?: string): Promise<void> {
    await this.#recorded(() =>
      this.api.POST("/v1/evidence/{address}", {
        params: { path: { address } },
        body: entry,
        headers: idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey },
        signal: this.#signal(),
      }),
    );
  }

  async #recorded(call: () => Promise<{ error?: unknown; response: Response }>): Promise<void> {
    const { error, response } = await this.#sure(call);
    if (!response.ok) throw new MaySendError(`${response.status}: ${wrong(error) ?? ""}`, response.status);
  }

  async #sure<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (fault) {
      throw new MaySendError(`the server could not be reached: ${says(fault)}`);
    }
  }

  #signal(): AbortSignal {
    return AbortSignal.timeout(this.#timeout);
  }
}

function no(address: string, failure: string): Answer {
  return { address, send: false, verdict: "not-shown", reason: "no-answer", failure };
}

/** Permitted and to be sent, by an answer that is one: anything else is no. */
function read(address: string, body: unknown, isSuccess: boolean, status: number): Answer {
  const answer = (body ?? {}) as { verdict?: unknown; send?: unknown; reason?: unknown; decision?: { id?: string | null } };
  const failure = wrong(body);
  if (!isSuccess || typeof answer.verdict !== "string") return no(address, failure === undefined ? `${status}` : `${status}: ${failure}`);
  return {
    address,
    send: answer.send === true && answer.verdict === "permitted",
    verdict: answer.verdict,
    reason: typeof answer.reason === "string" ? answer.reason : "no-answer",
    ...(answer.decision?.id ? { decision: answer.decision.id } : {}),
    ...(failure === undefined ? {} : { failure }),
  };
}

/** What a problem (RFC 9457) says; undefined where it is none. */
function wrong(body: unknown): string | undefined {
  const problem = (body ?? {}) as { title?: string; detail?: string; errors?: { field?: string; says?: string }[] };
  if (problem.errors?.length) return problem.errors.map((one) => `${one.field} ${one.says}`).join("; ");
  return problem.title === undefined ? undefined : `${problem.title}. ${problem.detail ?? ""}`.trim();
}

function says(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
