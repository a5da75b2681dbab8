import assert from 'node:assert/strict'
import { test } from 'node:test'
import { balanced, joined } from '#generate/pages/usage/one-line.ts'

test('a statement that spans lines is told in one, unless it holds several or a comment', () => {
  for (const [code, line] of [
    ['return plan(1)', 'return plan(1)'],
    ['made = plan(\n    first,\n    second,\n)', 'made = plan(first, second)'],
    ['let all = orbit\n  .plan(1)\n  .burn();', 'let all = orbit.plan(1).burn();'],
    ['made = first \\\n    + plan(2)', 'made = first + plan(2)'],
    ['run(() => {\n  plan(1)\n})', 'run(() => { plan(1) })'],
    ['run(() => {\n  plan(1)\n  plan(2)\n})', undefined],
    ['plan( // the first\n  1)', undefined],
    ['', undefined],
  ] as const)
    assert.equal(joined(code), line, code)
})

test('a line has its brackets closed, with an ellipsis for what is on others', () => {
  for (const [line, told] of [
    ['  made = plan(', 'made = plan(…)'],
    ['  made = plan(first,', 'made = plan(first …)'],
    ['  } else if (plan(1)) {', 'else if (plan(1))'],
    ['  if plan(")"):', 'if plan(")")'],
    ['  run(async () => {', 'run(async () => {…})'],
    ['  return &Plan{', 'return &Plan{…}'],
    ['  && plan(1)) {', 'plan(1)'],
    ['  first), second)', 'first'],
    ["  fn plan<'a>(one: &'a str,", "fn plan<'a>(one: &'a str …)"],
    ['  .plan(1)', ''],
    ['  - plan(1)', ''],
    ['  + plan(1)', ''],
    ['  made = most -', ''],
    ['  and plan(1)', ''],
    ['  --plan(1).left', '--plan(1).left'],
    ['  *plan(1) = 2', '*plan(1) = 2'],
    ['  text = "begins', ''],
  ] as const)
    assert.equal(balanced(line), told, line)
})
