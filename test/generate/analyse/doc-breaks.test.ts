import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withSentencesApart, withTitleApart, withTypedLines } from '#generate/analyse/doc-breaks.ts'

test('a title is no part of the sentence in the line below it', () => {
  assert.equal(
    withTitleApart('Parameter packing\nCall it with some names\nof arguments.'),
    'Parameter packing\n\nCall it with some names\nof arguments.',
  )
  assert.equal(withTitleApart('Orbit Module\nGather/help plan burns'), 'Orbit Module\n\nGather/help plan burns')
  for (const text of [
    'Returns the\nPlan that is next.',
    'Plans burns.\nCall it twice or more.',
    'Plans burns, then waits for others\nPlanned before it.',
    'Plans burns\nfor all that are there.',
    'Plans\nNext one',
    '# Plans\nCall it twice or more.',
    'Plans burns\n\nCall it twice or more.',
  ])
    assert.equal(withTitleApart(text), text)
})

test('a line without a full stop is no part of the sentence that begins below it', () => {
  assert.equal(
    withSentencesApart('Handle `input` after spawning, in async mode\nWhen there are several, we merge\nthem.'),
    'Handle `input` after spawning, in async mode\n\nWhen there are several, we merge\nthem.',
  )
  assert.equal(
    withSentencesApart('Plan returns what the variables set\nSupports NO_COLOR (orbit.org)\nIf NO_COLOR is set, none.'),
    'Plan returns what the variables set\n\nSupports NO_COLOR (orbit.org)\n\nIf NO_COLOR is set, none.',
  )
  assert.equal(
    withSentencesApart('View annotation for a plan\nDeclare a type as `view` of a plan.'),
    'View annotation for a plan\n\nDeclare a type as `view` of a plan.',
  )
  assert.equal(
    withSentencesApart('Plan could be one of the following:\nCustom: reads a file\nif any'),
    'Plan could be one of the following:\n\nCustom: reads a file\nif any',
  )
  for (const text of [
    'Plan could be one of the following:\n- Custom: reads a file',
    'Handle the input after spawning, as in\nThe Art of Orbits.',
    'Handle the input after spawning,\nThe rest is not.',
    'Useful when it changes objects like\nSets or arrays.',
    '- Handle the input after spawning\nThe rest is not.',
    '```\nhandle the input after\nThe rest\n```',
    '````\n```\nHandle the input after spawning\nThe rest is not.\n````',
    '| Handle the input after\nThe rest |',
    'Handle the input after spawning with\nGoogle Mail.',
    'Short\nThe rest is not.',
  ])
    assert.equal(withSentencesApart(text), text)
})

test('paragraphs of typed commands and drawings are code', () => {
  assert.equal(
    withTypedLines('Pick a file:\n\n$ gum file\n$ gum file .\n\n╭───╮\n│ 1 │\n╰───╯\n'),
    'Pick a file:\n\n    $ gum file\n    $ gum file .\n\n    ╭───╮\n    │ 1 │\n    ╰───╯\n',
  )
  for (const text of ['It costs\n$ 5 a day', '```\n$ make\n```', '````\n```\n\n$ make\n\n````', '$name is one'])
    assert.equal(withTypedLines(text), text)
})

test('paragraphs of statements are code', () => {
  const codes = [
    "plan.throw(403)\nplan.throw(400, 'name required')\nplan.throw(new Error('invalid'))",
    'Plan(None)               # No limits.\nPlan(5.0, burn=None)     # No limit on burns.\n                         # Five elsewhere.',
    'orbit.createPlan(app.callback()).burn(...)',
    "  plan.has('Content-Type');\n  // => true",
    'plan = orbit.plan("x").copy_with(\n  mail="jo@orbit.example"\n)\nassert plan == "https://orbit"',
    'const plan = new Plan()',
    "   this.set('a', 'b');\n   this.set({\n     a: 'b'\n   });",
  ]
  for (const code of codes) {
    const [, rest = ''] = withTypedLines(`For example:\n\n${code}\n`).split('For example:\n\n')
    assert.ok(
      rest
        .trimEnd()
        .split('\n')
        .every((line) => line.startsWith('    ')),
      rest,
    )
  }
  for (const text of [
    'Plans. See burn(x).',
    'burn(x) and plan(y)',
    'Returns burn(x) when it is set',
    'plan (the one)',
    'the plan = the burn that follows',
    "Don't call burn(x), it's slow",
  ])
    assert.equal(withTypedLines(`Plans.\n\n${text}`), `Plans.\n\n${text}`)
  assert.equal(withTypedLines('Usage:\n  plan(1)\n  burn()'), 'Usage:\n\n    plan(1)\n    burn()')
  assert.equal(withTypedLines('```\nplan(1)\n\nburn(2)\n```'), '```\nplan(1)\n\nburn(2)\n```')
  assert.equal(withTypedLines('burn(all, at)\n\nBurns.'), 'burn(all, at)\n\nBurns.')
})

test('a part of indented code keeps its own indentation', () => {
  const text = 'Plans:\n\n    func plan() {\n    \ta.Use(b)\n\n    \ta.Get("/", b)\n\n    \treturn a\n    }'
  assert.equal(withTypedLines(text), text)
})
