const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  xero_refused: 422,
  xero_reconnect: 424,
  xero_busy: 503,
  processor_refused: 422,
  processor_busy: 503,
} as const;

export type ErrorCode = keyof typeof STATUS;

/** `message` is a sentence that a person may read; anything secret belongs in `cause`, which only the log sees. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  /** The form field at fault, when there is one. */
  readonly field: string | undefined;
  readonly retryAt: Date | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; field?: string; retryAt?: Date } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.field = options.field;
    this.retryAt = options.retryAt;
  }

  get status(): number {
    return STATUS[this.code];
  }
}

/** Answers of a form that can't be taken as they are: every fault at once, by the name of its field. */
export class Misfilled extends AppError {
  readonly fields: Record<string, string[] | undefined>;
  constructor(fields: Record<string, string[] | undefined>) {
    super("invalid", "Some answers need another look.");
    this.fields = fields;
  }
}
