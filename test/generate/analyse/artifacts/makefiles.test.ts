import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMakefile } from '#generate/analyse/artifacts/makefile-rules.ts'
import { edgesOf, findInTexts, nodesOf } from './find-in-texts.ts'

test('targets may begin with the word of a directive, and inline recipes may set variables', () => {
  const text =
    'build: main.c\n\tcc main.c\nload-test: build\n\tbench\nload: build\nexport-data:\n\tdump\nexport A = 1\nifeq(a, b)\nendif\nexport define A\nno: rule\nendef\nlast: ; X=1 sh dump.sh\nlast: X = 1\nused: $(shell ls; pwd) ; $(A) b\n'
  assert.deepEqual(
    readMakefile(text).rules.map(({ targets, recipe }) => [targets.join(), ...recipe]),
    [
      ['build', 'cc main.c'],
      ['load-test', 'bench'],
      ['load'],
      ['export-data', 'dump'],
      ['last', 'X=1 sh dump.sh'],
      ['used', '$(A) b'],
    ],
  )
})

test('suffix rules are no targets, and the folder of included files is unknown', async () => {
  const found = await findInTexts({
    Makefile: '.c.o:\n\tcc -c $<\nall: conf.json\n',
    'mk/rules.mk': 'lint: conf.json\n\tsh dump.sh\ninclude more.mk\n',
    'mk/more.mk': 'a: lint\n',
    'mk/conf.json': '{}',
    'mk/dump.sh': 'echo',
    'conf.json': '{}',
  })
  assert.deepEqual(
    nodesOf(found)
      .map((node) => node.split(' ')[0])
      .sort(),
    ['Makefile#all', 'mk/more.mk#a', 'mk/rules.mk#lint'],
  )
  assert.deepEqual(edgesOf(found), ['Makefile#all depends-on conf.json'])
})

test('targets that one recipe makes together are targets, without the sign between', () => {
  const { rules } = readMakefile('a b &: c\n\ttrue\nd&:: e\n')
  assert.deepEqual(
    rules.map(({ targets, prerequisites }) => [targets, prerequisites]),
    [
      [['a', 'b'], ['c']],
      [['d'], ['e']],
    ],
  )
})
