import assert from 'node:assert/strict'
import { test } from 'node:test'
import { component, document, edge, file, sample } from './sample.ts'

test('what is called of one name are told apart by as much of their paths as that takes', () => {
  const lib = file('src/lib.ts', 'function parse\nfunction alone\n')
  const mains = ['cmds/a/main.ts', 'cmds/b/main.ts', 'cmds/cli.ts'].map((path) => file(path, 'function main\n'))
  const whole = document(
    sample(
      [lib, ...mains],
      [
        component(lib, 'parse', { kind: 'class', doc: 'Reads a text.' }),
        component(lib, 'alone', { kind: 'class' }),
        ...mains.map((main) => component(main, 'main', { kind: 'class' })),
      ],
      [
        ...mains.map((main) => edge(`${main.path}#main`, `${lib.path}#parse`, { kind: 'extends' })),
        edge(`${lib.path}#alone`, `${lib.path}#parse`, { kind: 'extends' }),
      ],
    ),
  )
  const page = [...whole.markdown.values()].find((markdown) => markdown.includes('`parse`\n\n```')) ?? ''
  const facts = /^Class in .*extended by .*$/m.exec(page)?.[0].replace(/\]\([^)]*\)/g, ']') ?? ''
  assert.match(
    facts,
    /extended by for example \[`main`\] \(`a\/main\.ts`\), \[`main`\] \(`b\/main\.ts`\), \[`main`\] \(`cli\.ts`\), \[`alone`\]$/,
  )
  assert.deepEqual(whole.verification.faults, [])
})

test('overloads have entries, anchors and links of their own', () => {
  const gson = file('src/gson.ts', 'class Gson\ntoJson\n')
  const overload = (types: string, number: string) =>
    component(gson, 'Gson.toJson', {
      id: `${gson.path}#Gson.toJson${number}`,
      kind: 'method',
      doc: 'Writes a tree of values.',
      signature: `toJson(${types})`,
      label: `Gson.toJson(${types})`,
    })
  const whole = document(
    sample(
      [gson],
      [component(gson, 'Gson', { kind: 'class' }), overload('Object', ''), overload('Object, Type', '~2')],
    ),
  )
  const anchors = whole.written.index.filter(({ id }) => id.includes('toJson')).map(({ anchor }) => anchor)
  assert.deepEqual(anchors, ['gsontojsonobject', 'gsontojsonobject-type'])
  assert.match(whole.markdown.get('all-symbols.md') ?? '', /`Gson\.toJson\(Object, Type\)`/)
})
