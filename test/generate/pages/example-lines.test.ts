/** What is left out of examples, and which are not shown. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutDirectives } from '#generate/formats/example-lines.ts'
import { withUse } from '#generate/pages/guide/example-blocks.ts'
import { codeBlock } from '#markdown/build.ts'
import { overviewOf } from './real-sample.ts'

test('directives of documentation tools are left out, with what is cut before and after them', () => {
  for (const [code, shown] of [
    ['// @filename: plan.ts\nplan()\n', 'plan()'],
    ['setUp()\n// ---cut---\nplan()\n// ^?\nburn()\n', 'plan()\nburn()'],
    ['plan()\n// ---cut-after---\ntearDown()\n', 'plan()'],
    ['# @include: plan\nplan()', 'plan()'],
    ['// The plan @home\nplan()', '// The plan @home\nplan()'],
  ] as const)
    assert.equal(withoutDirectives(code), shown)
})

test('dependency lines of Scala are no example, and one goes on to its first result', async () => {
  const files = {
    'package.json': '{"name":"orbit","type":"module","exports":"./index.js"}',
    'index.js': 'export function plan(a) {}\nexport function setUp() {}\n',
  }
  assert.doesNotMatch(
    await overviewOf(files, 'scala', 'ivy"org::orbit:0.9.2" // mill\n"org" %% "orbit" % "0.9.2" // sbt\n'),
    /## Example/,
  )
  const [setUp, yaml, plan, more] = [
    codeBlock('js', "setUp('a')"),
    codeBlock('yaml', 'a: 1'),
    codeBlock('js', 'plan(1) // => 2'),
    codeBlock('js', 'plan(2) // => 3'),
  ]
  assert.equal(withUse(setUp, [setUp, yaml, plan, more]), "setUp('a')\n\nplan(1) // => 2")
})
