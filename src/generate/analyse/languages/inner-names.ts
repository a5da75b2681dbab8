/** Names of namespaces whose members are for the library itself, whatever the language says of them. */

const INNER = /(?:^|\.|::)_{0,2}(?:details?|impl|internals?|private)_{0,2}$/i

/** `argparse::details`, `Polly.Internal`, `__private`. */
export function isInnerName(name: string): boolean {
  return INNER.test(name)
}
