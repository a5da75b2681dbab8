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
  // A private type is internal beside what users call.
  'tree.go': go(
    `// Walk visits all branches in order.\nfunc Walk() {}\n\n// node keeps one branch of all routes.\ntype node struct{}\n\nfunc (n *node) insert() {\n${lines(60)}}\n`,
  ),
  'pair.go': go(
    `// Ascend climbs to an orbit.\nfunc Ascend() {\n${lines(9)}}\n\n// Descend falls from one.\nfunc Descend() {\n${lines(9)}}\n`,
  ),
  'mix.go': go(
    ['Turn', 'Wait', 'Land']
      .map((name) => `// ${name} changes the speed of a probe.\nfunc ${name}() {\n${lines(9)}}\n`)
      .join('\n'),
  ),
  // Its name has all words of the file's.
  'wrap_probe.go': go(
    `// WrapSilentProbe lets a probe speak to others.\ntype WrapSilentProbe struct {\n\ta int\n\tb int\n}\n\n// Listen waits for signals of any sort.\nfunc Listen() {\n${lines(9)}}\n\n// Speak sends signals of any sort.\nfunc Speak() {\n${lines(9)}}\n`,
  ),
  // The longest of several functions is not what the file is about.
  'more.go': go(
    `// Glide flies without an engine.\nfunc Glide() {\n${lines(30)}}\n\nfunc Rise() {\n${lines(14)}}\n\nfunc Sink() {\n${lines(14)}}\n`,
  ),
  // An error stands for a file only if errors are its subject.
  'errors.go': go(
    `import "errors"\n\n// FuelError is raised when a tank is empty.\ntype FuelError struct{}\n\nfunc (e FuelError) Error() string {\n${lines(9)}\treturn errors.New("a").Error()\n}\n`,
  ),
  // The type with the name of the file before its own is short.
  'rover.go': go(
    `type RoverHeader struct{}\n\n// Wheel turns a probe around on the ground.\ntype Wheel struct {\n${'\ta int\n'.repeat(60)}}\n`,
  ),
  // Of several types that other files use, the one with the name of the file is a small part.
  'dock.go': go(
    `// Dock holds all ships before a flight.\ntype Dock struct {\n${'\ta int\n'.repeat(4)}}\n\n${['Port', 'Pier'].map((name) => `type ${name} struct {\n${'\ta int\n'.repeat(20)}}\n`).join('\n')}`,
  ),
  'ship.go': go('func Ship(a Dock, b Port) Pier { return Pier{} }\n'),
  'bare.go': go('func Bare() {}\n\nfunc Bald() {}\n'),
  // What it says is in its name.
  'log_entry.go': go('// Entry is a log entity that represents an entry.\ntype Entry struct {\n\ta int\n}\n'),
  'heading.go': go('// Error handling.\n\nimport "fmt"\n\nfunc Head() { fmt.Println() }\n'),
  'many.go': go(
    `// Many counts the stars of a sky.\nfunc Many() {}\n\n${Array.from({ length: 9 }, (_, at) => `func Few${at}() {}\n`).join('\n')}`,
  ),
}

test('a file is described by what it is named after or what most of it is, never by a minor part, internals or names', async () => {
  const page = (await pagesOf(FILES)).get('top-level-files.md')
  assert.equal(
    rowOf(page, 'drift.go'),
    '| `drift.go` | `Drift` moves a probe without its engine. Also: `Other`, `Lander` |',
  )
  assert.equal(rowOf(page, 'burn.go'), '| `burn.go` | `Fire` starts all engines at once. Also: `Burn` |')
  assert.equal(
    rowOf(page, 'many.go'),
    '| `many.go` | `Many` counts the stars of a sky. Also: `Few0`, `Few1`, `Few2`, `Few3` and more |',
  )
  assert.equal(rowOf(page, 'errors.go'), '| `errors.go` | `FuelError` is raised when a tank is empty. |')
  assert.equal(rowOf(page, 'pair.go'), '| `pair.go` | `Ascend` climbs to an orbit. `Descend` falls from one. |')
  assert.equal(rowOf(page, 'dock.go'), '| `dock.go` | `Dock` holds all ships before a flight. Also: `Port`, `Pier` |')
  assert.equal(rowOf(page, 'mix.go'), '| `mix.go` | `Turn` changes the speed of a probe. Also: `Wait`, `Land` |')
  assert.match(
    rowOf(page, 'wrap_probe.go'),
    /\| `WrapSilentProbe` lets a probe speak to others\. Also: `Listen`, `Speak` \|$/,
  )
  assert.match(
    page ?? '',
    /\|\n\n- `bare\.go`: `Bare`, `Bald`\n- `heading\.go`: `Head`\n[\s\S]*- `ship\.go`\n- `tree\.go`: `Walk`\n\n/,
  )
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

test('the table of public names has no row without a sentence, and there is none of minor names only', async () => {
  const overviewOf = async (documented: readonly string[]): Promise<string> => {
    const names = ['Server', 'Client', 'Request', 'Reply']
    const bodies = names.map((name) => {
      const doc = documented.includes(name) ? `/// Keeps the ${name} of a probe between calls.\n` : ''
      return `${doc}class ${name} {\n public:\n  void start();\n  void listen();\n};\n`
    })
    const pages = await pagesOf({
      'README.md': `# orbit\n\n\`\`\`cpp\n${names.map((name) => `orbit::${name} one;\none.listen();\n`).join('')}\`\`\`\n`,
      'include/orbit/a.h': `namespace orbit {\n${bodies.join('')}}\n`,
      'src/a.cc': '#include "orbit/a.h"\n',
    })
    const [top = ''] = (pages.get('overview.md') ?? '').split('At a glance')
    return top.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
  }
  const most = await overviewOf(['Server', 'Client', 'Request'])
  assert.match(most, /^\| class `orbit::Client` \| Keeps the Client of a probe between calls\. \|$/m)
  assert.doesNotMatch(most, /Reply|listen\(\)|^Also:/m)
  const few = await overviewOf(['Reply'])
  assert.match(few, /^## Public API\n\n`#include <orbit\/a\.h>`\n\n## /m)
  assert.doesNotMatch(few, /Keeps the/)
})

test('the longest type stands neither for several files nor, if no other file uses it, for its own', async () => {
  const pages = await pagesOf({
    'orbit/__init__.py': '',
    'orbit/main.py':
      'from orbit.util.gauge import Needle\nfrom orbit.util.a import fly\n\n\ndef main():\n    fly(Needle())\n',
    'orbit/util/__init__.py': '',
    'orbit/util/a.py': 'def fly(x):\n    return x\n',
    'orbit/util/b.py': 'def land(x):\n    return x\n',
    'orbit/util/gauge.py': `class Needle:\n    x = 1\n\n\nclass Spring:\n    """Pulls a needle back to zero."""\n\n    def pull(self):\n${'        pass\n'.repeat(40)}`,
  })
  assert.doesNotMatch([...pages.values()].join('\n'), /`Spring`[^\n|]*: Pulls a needle/)
})

test('neither the longest function of several files nor a type of one of several folders stands for a module', async () => {
  const long = (name: string, words: string): string =>
    `package ${name}\n\n// Walk ${words}.\nfunc Walk() {\n${lines(60)}}\n`
  const type = (name: string): string =>
    `package ${name}\n\n// Codec reads plans of the form ${name}.\ntype Codec struct{}\n\nfunc (c *Codec) Read() {\n${lines(name === 'burn' ? 90 : 3)}}\n`
  const pages = await pagesOf({
    'go.mod': 'module example.org/orbit\n',
    'tool/walk.go': long('tool', 'visits the branches of a route'),
    'tool/more.go': 'package tool\n\nfunc More() {}\n',
    'tool/rest.go': 'package tool\n\nfunc Rest() {}\n',
    'form/burn/burn.go': type('burn'),
    'form/land/land.go': type('land'),
    'orbit.go':
      'package orbit\n\nimport (\n\t"example.org/orbit/form/burn"\n\t"example.org/orbit/form/land"\n\t"example.org/orbit/tool"\n)\n\nfunc Fly() {\n\ttool.Walk()\n\ttool.More()\n\ttool.Rest()\n\t_ = burn.Codec{}\n\t_ = land.Codec{}\n}\n',
  })
  const overview = pages.get('overview.md') ?? ''
  assert.doesNotMatch(overview, /visits the branches|of the form burn/)
})

test('the page of a file with many functions does not begin with the one that has its name', async () => {
  const names = ['Burn', ...Array.from({ length: 400 }, (_, at) => `Fire${at}`)]
  const body = names.map(
    (name) => `// ${name} starts the engines of a probe at once.\nfunc ${name}() {\n${lines(9)}}\n`,
  )
  const pages = await pagesOf({
    'go.mod': 'module example.org/orbit\n',
    'burn.go': go(body.join('\n')),
    'land.go': go(body.join('\n').replaceAll('Fire', 'Land').replaceAll('Burn', 'Land')),
    'wait.go': go('// Wait stops all engines.\nfunc Wait() {}\n'),
  })
  const page = [...pages].find(([name]) => name.endsWith('burn.go.md'))?.[1] ?? assert.fail([...pages.keys()].join(' '))
  assert.doesNotMatch(page, /^# `burn\.go`\n\n`Burn` starts/)
  assert.match(rowOf(pages.get('top-level-files.md'), 'burn.go'), /`Burn` starts the engines .* Also: `Fire0`, /)
})

test('a module is described by the exported type of its name, not by the function that makes one', async () => {
  const filler =
    'class Part {\n    /** Keeps a part of a flight. */\n    fun keep(): Int {\n' +
    '        val a = 1\n'.repeat(60) +
    '        return 1\n    }\n}\n'
  const pages = await pagesOf({
    'build.gradle.kts': 'plugins { kotlin("jvm") }\n',
    'src/main/kotlin/orbit/plan/Plan.kt':
      'package orbit.plan\n\n/** Finds the cheapest burns between two bodies. */\npublic sealed class Plan(val a: Int)\n\nprivate class PlanImpl(a: Int) : Plan(a)\n\n/** Configures a flight from the given builder action. */\npublic fun Plan(from: Int): Plan {\n    return PlanImpl(from)\n}\n',
    'src/main/kotlin/orbit/plan/Part.kt': `package orbit.plan\n\n${filler}`,
    'src/main/kotlin/orbit/plan/Piece.kt': `package orbit.plan\n\n${filler.replace('Part', 'Piece')}`,
    'src/main/kotlin/orbit/dock/Dock.kt': `package orbit.dock\n\n${filler.replace('Part', 'Dock')}`,
    'src/main/kotlin/orbit/dock/Pier.kt': `package orbit.dock\n\n${filler.replace('Part', 'Pier')}`,
  })
  assert.match(pages.get('overview.md') ?? '', /\| `Plan`: Finds the cheapest burns between two bodies\. \|/)
})

test('a sentence that only repeats the name of a type describes no file; the next one may', async () => {
  const type = (name: string, doc: string): string =>
    `${doc}\nexport class ${name} {\n  fly(): number {\n    return 1\n  }\n}\n`
  const pages = await pagesOf({
    'package.json': '{"name":"orbit","main":"index.js"}',
    'index.ts':
      "export * from './src/MoonPathParser'\nexport * from './src/MoonOrbitWriter'\nexport * from './src/Land'\n",
    'src/MoonPathParser.ts': type('MoonPathParser', '/** Parses moon-style paths. */'),
    'src/MoonOrbitWriter.ts': type(
      'MoonOrbitWriter',
      '/**\n * Writes the orbit of the moon once.\n *\n * A flight is only valid if all burns of its stages are in order.\n */',
    ),
    'src/Land.ts': type('Land', '/** Brings a probe down to the ground. */'),
  })
  const all = [...pages.values()]
    .join('\n')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  const row = (file: string): string => all.find((line) => line.startsWith(`| \`${file}\` |`)) ?? ''
  assert.match(row('Land.ts'), /Brings a probe down/)
  assert.doesNotMatch(row('MoonPathParser.ts'), /Parses/)
  assert.match(row('MoonOrbitWriter.ts'), /\| \[?`MoonOrbitWriter`[^|]*: A flight is only valid if all burns/)
  assert.doesNotMatch(row('MoonOrbitWriter.ts'), /Writes/)
})
