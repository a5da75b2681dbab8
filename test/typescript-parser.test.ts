/** TypeScript's parser in the bundle, compared with the whole package. */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import whole from 'typescript'
import { bundleParser, PARSER } from '../src/typescript-parser.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const SCRIPT = `#!/usr/bin/env node
/** @param {Array<string>} names - All. @returns {void} */
export default function run(names) { for (const one of names) label: { /a+/u.test(one) ?? \`\${one}\`; break label } }
class { get = async () => <T,>(x) => x }`
const CONFIG = '{ // comment\n "compilerOptions": { "paths": { "@/*": ["src/*"], }, } }'

test('the parser of the bundle gives what the whole package gives, in a fifth of its size', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-parser-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  await bundleParser(root, folder)
  const parser: typeof whole = createRequire(import.meta.url)(path.join(folder, PARSER))
  const texts = [SCRIPT, await readFile(path.join(root, 'src/generate/model.ts'), 'utf8')]
  for (const [index, text] of texts.entries())
    for (const kind of [whole.ScriptKind.JS, whole.ScriptKind.TSX])
      assert.deepEqual(nodesOf(parser, text, kind), nodesOf(whole, text, kind), `text ${index}, kind ${kind}`)
  assert.deepEqual(parser.parseConfigFileTextToJson('a', CONFIG), whole.parseConfigFileTextToJson('a', CONFIG))
  assert.equal(parser.getShebang(SCRIPT), '#!/usr/bin/env node')
  assert.ok((await stat(path.join(folder, PARSER))).size < 1_900_000)
})

/** Kind, position and text of each node, with its comments. */
function nodesOf(ts: typeof whole, text: string, kind: whole.ScriptKind): unknown[] {
  const options = { languageVersion: ts.ScriptTarget.ESNext, jsDocParsingMode: ts.JSDocParsingMode.ParseAll }
  const file = ts.createSourceFile('/a.ts', text, options, true, kind)
  const nodes: unknown[] = []
  const visit = (node: whole.Node): void => {
    const at = file.getLineAndCharacterOfPosition(node.getStart(file))
    const comments = ts.getLeadingCommentRanges(text, node.getFullStart())
    nodes.push([
      node.kind,
      node.flags,
      at,
      node.end,
      node.getText(file).length,
      node.getSourceFile() === file,
      comments,
    ])
    if (ts.isFunctionDeclaration(node)) nodes.push(ts.getJSDocReturnType(node)?.kind, ts.canHaveModifiers(node))
    node.forEachChild(visit)
  }
  visit(file)
  return nodes
}
