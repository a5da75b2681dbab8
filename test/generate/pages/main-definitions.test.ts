/** What describes a file or module for which the repository has no sentence. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagesOf } from './real-sample.ts'

const rowOf = (page: string | undefined, file: string): string =>
  page?.split('\n').find((line) => line.startsWith(`| \`${file}\` |`)) ?? ''

const go = (body: string): string => `package orbit\n\n${body}`
const lines = (count: number): string => '\tx++\n'.repeat(count)

const FILES = {
  'go.mod': 'module example.org/orbit\n',
  // The function that the file is named after is short, and called by nobody.
  'drift.go': go(
    `// Lander brings a probe down to the ground.\ntype Lander struct{ a int }\n\n// Drift moves a probe without its engine.\nfunc Drift() {}\n\nfunc Other() Lander {\n${lines(9)}\treturn Lander{}\n}\n`,
  ),
  // A small type of the name does not say what most of the file does.
  'burn.go': go(
    `// Burn is a constraint for burns of engines.\ntype Burn int\n\n// Fire starts all engines at once.\nfunc Fire() {\n${lines(60)}}\n`,
  ),
  // A private type that holds most of the lines does.
  'tree.go': go(
    `// Walk visits all branches in order.\nfunc Walk() {}\n\n// node keeps one branch of all routes.\ntype node struct{}\n\nfunc (n *node) insert() {\n${lines(60)}}\n`,
  ),
  'bare.go': go('func Bare() {}\n\nfunc Bald() {}\n'),
  'heading.go': go('// Error handling.\n\nimport "fmt"\n\nfunc Head() { fmt.Println() }\n'),
  'many.go': go(
    `// Many counts the stars of a sky.\nfunc Many() {}\n\n${Array.from({ length: 9 }, (_, at) => `func Few${at}() {}\n`).join('\n')}`,
  ),
}

test('a file is described by what most of it is, what it is named after, or what ranks first, never by names alone', async () => {
  const page = (await pagesOf(FILES)).get('top-level-files.md')
  assert.match(
    rowOf(page, 'drift.go'),
    /\| `Drift` moves a probe without its engine\. Also here: `Other\(\)`, struct `Lander` \|/,
  )
  assert.match(rowOf(page, 'burn.go'), /\| `Fire` starts all engines at once\./)
  assert.match(rowOf(page, 'tree.go'), /\| `node` keeps one branch of all routes\. `Walk` visits/)
  assert.match(
    rowOf(page, 'many.go'),
    /`Many` counts the stars of a sky\. Also here: `\w+\(\)`, `\w+\(\)` and more \|$/,
  )
  assert.match(page ?? '', /^Also here: `bare\.go`, `heading\.go`$/m)
})

test('the page of a module without a sentence begins with its main definitions', async () => {
  const file = (name: string, uses: string): string =>
    `import { ${uses} } from '../${uses}/${uses}.ts'\n\n/** Turns a probe into ${name} of it. */\nexport function ${name}() {\n  return ${uses}()\n}\n`
  const pages = await pagesOf({
    'package.json': '{ "name": "orbit", "version": "1.0.0" }',
    ...Object.fromEntries(
      ['plan burn', 'burn land', 'land rest'].flatMap((pair) => {
        const [name = '', uses = ''] = pair.split(' ')
        const more = Array.from({ length: 3 }, (_, at) => [
          `src/${name}/more${at}.ts`,
          `export function ${name}${at}() {}\n`,
        ])
        return [[`src/${name}/${name}.ts`, file(name, uses)], ...more]
      }),
    ),
    'src/rest/rest.ts': 'export function rest() {}\n',
  })
  const page = pages.get('src-burn.md') ?? assert.fail([...pages.keys()].join(' '))
  assert.match(page, /^# burn\n\n[^\n]*`burn`: Turns a probe into burn of it\.[^\n]*\n\n(?!Used by|Uses)/)
})

test('a Kotlin class for one platform has the words of its declaration for all, not those of another package', async () => {
  const probe = (words: string, name: string): string => `package ${name}\n\n${words}class Probe {\n  fun fly() {}\n}\n`
  const pages = await pagesOf({
    'build.gradle.kts': 'plugins { kotlin("multiplatform") }\n',
    'src/commonMain/kotlin/orbit/Probe.kt': probe('/** Flies between the planets. */\nexpect ', 'orbit'),
    'src/jvmMain/kotlin/orbit/Probe.kt': probe('actual ', 'orbit'),
    'src/jvmMain/kotlin/other/Probe.kt': probe('', 'other'),
    ...Object.fromEntries(
      ['Ant', 'Bee', 'Cat'].map((name) => [
        `src/jvmMain/kotlin/orbit/${name}.kt`,
        `package orbit\n\n/** Steers a probe by way ${name}. */\nclass ${name} {\n  fun go(probe: Probe) {}\n}\n`,
      ]),
    ),
  })
  const rows = [...pages.values()].flatMap((page) =>
    page.split('\n').filter((line) => /^\| `[^`]*Probe\.kt` \|/.test(line)),
  )
  assert.equal(rows.filter((row) => row.includes('`Probe`: Flies between the planets.')).length, 1, rows.join('\n'))
  assert.ok(
    rows.every((row) => !row.includes('other/')),
    rows.join('\n'),
  )
})

test('a module is told in the order of importance: by names and members, and never by the sentence of a lesser definition', async () => {
  const names = ['Server', 'Client', 'Request', 'Reply']
  const bodies = names.map((name, at) => {
    const doc = name === 'Reply' ? '/// Keeps the answer of a probe to a call.\n' : ''
    return `${doc}class ${name} {\n public:\n  void start();\n  void listen();\n  int lines${at};\n};\n`
  })
  const uses = names.map((name, at) => `void use${at}(orbit::${name} &one) { one.listen(); }\n`)
  const pages = await pagesOf({
    'README.md': `# orbit\n\n\`\`\`cpp\n${names
      .slice(0, 3)
      .map((name) => `orbit::${name} one;\none.listen();\n`)
      .join('')}\`\`\`\n`,
    'include/orbit/a.h': `namespace orbit {\n${bodies.join('')}}\n`,
    'include/orbit/b.h':
      '#include "a.h"\nnamespace orbit {\nnamespace low {\n/// Draws a plan of all the legs.\ninline void draw(Server &one) {}\n}\n}\n',
    'src/a.cc': `#include "orbit/a.h"\n${uses.join('')}`,
  })
  const overview = (pages.get('overview.md') ?? '').replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  assert.match(overview, /\| class `orbit::Server` \| `listen\(\)`, `start\(\)` \|/)
  assert.match(overview, /class `orbit::Server` \(`listen\(\)`, `start\(\)`\)/)
  assert.doesNotMatch(overview.split('## At a glance')[1] ?? '', /Keeps the answer/)
})
