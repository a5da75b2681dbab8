/** Guesses the language of literal blocks, which do not state one. */

const PYTHON = /^(?:>>>|import |from [\w.]+ import|def |class |@\w|[\w.]+(?:\[[^\]\n]{1,80}\])? = |[\w.]+\()/

/** `python` or `console`; `null` if the text looks like neither. */
export function literalLanguage(value: string): string | null {
  if (/^\s*(?:\$|>|#) /.test(value)) return 'console'
  if (/[├└│─]/.test(value)) return null
  return value.split('\n').some((line) => PYTHON.test(line.trimStart())) ? 'python' : null
}
