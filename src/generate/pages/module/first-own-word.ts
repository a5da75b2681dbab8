/** Finds which of a module's names the code of an example uses first. */

/**
 * The first of `own` in the code. A value passed to a function of the repository is not the start; one passed to another
 * function may be.
 *
 * @param others - Further names of the repository.
 */
export function firstOwnWord(code: string, own: ReadonlySet<string>, others: readonly string[]): string | undefined {
  const outer = new Set(wordsOfCode(withoutArguments(code)))
  const isOuterOwn = [...own, ...others].some((word) => outer.has(word))
  return wordsOfCode(code).find((word) => own.has(word) && (outer.has(word) || !isOuterOwn))
}

/** Code without arguments of calls and contents of lists and objects; the bodies of functions are kept. */
function withoutArguments(code: string): string {
  const kept: string[] = []
  const open: boolean[] = []
  let end = ''
  for (const sign of code) {
    const isOuter = open.at(-1) ?? true
    if ('([{'.includes(sign)) open.push(sign === '{' && (/[)>\w]/.test(end) || isOuter))
    else if (')]}'.includes(sign)) open.pop()
    else if (isOuter) kept.push(sign)
    if (sign.trim() !== '') end = sign
    // The texts before and after a bracket are separate words.
    if ('()[]{}'.includes(sign)) kept.push(' ')
  }
  return kept.join('')
}

/** The words of a piece of code without imports, comments and strings. */
function wordsOfCode(code: string): string[] {
  return (
    code
      .replace(/^[ \t]*(?:import|from|use|export)\b[^;({\n]{0,200}[({][^)}]{0,2000}[)}].*$/gm, '')
      .replace(/^[ \t]*(?:from|import|include|package|require|use|using|#|\/\/|\*)(?!\w).*$/gm, '')
      .replace(/[ \t](?:\/\/|#)[ \t].*$/gm, '')
      .replace(/"[^"\n]{0,400}"|'[^'\n]{0,400}'/g, '')
      .match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []
  )
}
