/**
 * Finds calls of natives that may take squares of their text, and that no time limit can interrupt: V8 looks for an interruption
 * at loops and in regular expressions, not within such a call. Pure: it reads no file.
 */
import ts from 'typescript'
import { parseSource } from './collect.ts'

interface NativeCall {
  /** `src/a.ts` */
  path: string
  /** `src/a.ts:12: text.normalize('NFC')` */
  text: string
  /** `normalize`, or for a search the template that is searched for, without `$`. */
  what: string
}

/** The only file that calls `normalize`; it bounds what it passes. */
const NORMALISES = 'src/base/unicode-forms.ts'
const SEARCHES = new Set(['includes', 'indexOf', 'lastIndexOf', 'replaceAll', 'split'])
const OF_PATHS = /^(?:path|posix|win32)(?:\.|$)/

/**
 * Calls of `normalize` outside of its file, and searches for templates with substitutions, which are longer than any name that is
 * put into them. `findText` and `hasText` bound what they search for.
 */
export function nativeCalls(path: string, text: string): NativeCall[] {
  if (!text.includes('normalize') && !/(?:includes|ndexOf|replaceAll|split)\(\s*`/.test(text)) return []
  const file = parseSource(path, text)
  const found: NativeCall[] = []
  const add = (node: ts.Node, what: string): void => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
    found.push({ path, text: `${path}:${line + 1}: ${node.getText(file).slice(0, 80)}`, what })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      const isOfPath = OF_PATHS.test(node.expression.getText(file))
      if (nameOf(node) === 'normalize' && path !== NORMALISES && !isOfPath) add(node, 'normalize')
    } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [first] = node.arguments
      if (first !== undefined && ts.isTemplateExpression(first) && SEARCHES.has(node.expression.name.text))
        add(node, first.getText(file).replace(/\\?\$(?=\{)/g, ''))
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function nameOf(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): string {
  if (ts.isPropertyAccessExpression(node)) return node.name.text
  return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : ''
}

const NAME = 'names of definitions have at most 500 characters'
const OWN = 'no text of a repository or a client'
/** Why searches for templates are bounded, by file and template. */
export const BOUNDED_SEARCHES: readonly (readonly [path: string, template: string, reason: string])[] = [
  ['src/markdown/symbol-links.ts', '`]({SCHEME}`', OWN],
  [
    'src/ask-model/prompts.ts',
    "` {words.slice(at, at + ECHO_WORDS).join(' ')} `",
    'the searched text is that of a prompt',
  ],
  ['src/bundle.js', '`{path.sep}node_modules{path.sep}`', OWN],
  ['src/generate/analyse/label-overloads.ts', '`{name}<`', NAME],
  ['src/generate/analyse/bridges/handlers.ts', '`.{name}`', NAME],
  ['src/generate/analyse/languages/csharp/extension-blocks.ts', '`{name}<`', NAME],
  ['src/generate/analyse/languages/c-family/literal-ends.ts', '`){mark}"`', 'a mark has at most 16 characters'],
  ['src/generate/analyse/languages/docs/xmldoc.ts', '`</{tag}>`', 'the tags are known'],
  ['src/generate/declarations/same-member.ts', '`{word} {type.name}<`', NAME],
  ['src/generate/declarations/same-member.ts', '`::{name}`', NAME],
  ['src/generate/signature-parameters.ts', '`.{name}(`', NAME],
  ['src/generate/inventory/test-support.ts', '`"{key}"`', OWN],
  ['src/generate/surface/public-api.ts', '`{name}?`', NAME],
  ['src/base/runnable-commands.ts', '`{PROGRAM} `', OWN],
  ['src/base/worker-environment.ts', '`{variable}_FILE`', OWN],
  ['src/base/setting-sources.ts', '`{variable}{FILE_SUFFIX}`', OWN],
  ['src/diff/members.ts', '`{after.name}()`', NAME],
]
