/** Recognises namespaces whose members are internal to the library, even if the language exports them. */

const INNER = /(?:^|\.|::)_{0,2}(?:details?|impl|internals?|private)_{0,2}$/i

/** `argparse::details`, `Polly.Internal`, `__private`. */
export function isInnerName(name: string): boolean {
  return INNER.test(name)
}
