/**
 * Finds calls of natives that may take squares of their text, and that no time limit can interrupt: V8 looks for an interruption
 * at loops and in regular expressions, not within such a call. Pure: it reads no file.
 */
import ts from 'typescript'

/** The natives, and the only file that may call each. That file bounds what it passes. */
export const BOUNDED_IN: Readonly<Record<string, string>> = { normalize: 'src/base/unicode-forms.ts' }

/** @returns Calls outside of the file that may make them: `src/a.ts:12: text.normalize('NFC')`. */
export function unboundedCalls(path: string, text: string): string[] {
  if (!Object.keys(BOUNDED_IN).some((name) => text.includes(name))) return []
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : 0)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      const name = ts.isPropertyAccessExpression(node)
        ? node.name.text
        : ts.isStringLiteralLike(node.argumentExpression)
          ? node.argumentExpression.text
          : ''
      const isOfPath = /^(?:path|posix|win32)(?:\.|$)/.test(node.expression.getText(file))
      if (Object.hasOwn(BOUNDED_IN, name) && BOUNDED_IN[name] !== path && !isOfPath) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
        found.push(`${path}:${line + 1}: ${node.getText(file).slice(-60)}`)
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}
