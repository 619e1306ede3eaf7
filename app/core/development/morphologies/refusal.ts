/** Why a mapping rule cannot grow. In standard the rule is skipped; feagi-strict gives up the rest of its source area. */
export class RuleRefusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
