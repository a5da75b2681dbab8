import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readGuides } from '#generate/guides/read-guides.ts'
import { Incidents } from '#generate/incidents.ts'
import { renderMarkdown } from '#markdown/render.ts'
import { parseHtml } from '../../markdown/hostile.ts'
import { analysedSample } from './real-sample.ts'
import { document } from './sample.ts'

/** Adds a comment to each function without moving lines: calls of undocumented short functions are not shown. */
function documented(text: string): string {
  return text
    .replaceAll(/(\):\n +)(?=return|[a-z]\w*\(|x = )/g, '$1"""Reads the note."""; ')
    .replaceAll(
      /(?<=^ *)((?:(?:public|static) )*(?:void|int|String|Object) \w+\(|function \w+ ?\()/gm,
      '/** Reads the note. */ $1',
    )
}

/** The page with the call trees of a repository, otherwise its overview. */
async function overviewOf(files: Record<string, string>): Promise<string> {
  const texts = Object.entries(files).map(([path, text]) => [path, path.endsWith('.md') ? text : documented(text)])
  const sample = await analysedSample(Object.fromEntries(texts))
  const guides = readGuides(sample.inventory, new Incidents({ areFatal: true }))
  const { markdown, verification } = document({ ...sample, guides })
  assert.deepEqual(verification.faults, [])
  return markdown.get('calls.md') ?? markdown.get('overview.md') ?? ''
}

/** That of functions of one line each, which call what is given. */
function overviewWith(bodies: Record<string, string[]>): Promise<string> {
  const functions = Object.entries(bodies).map(([name, calls]) =>
    [`def ${name}(x, given=None):`, ...calls.map((call) => `    ${call}`), '    return x\n'].join('\n'),
  )
  return overviewOf({ 'src/one.py': functions.join('') })
}

const BODIES = { main: ['if x: one(x)', 'two(x)'], one: ['three(x)'], two: [], three: [] }

test('the calls of the program open level by level, with conditions and lines', async () => {
  const overview = await overviewWith(BODIES)
  assert.match(overview, /^# What \[`main`\]\([^)]+\) calls \(\[`src\/one\.py`\]\([^)]+\)\)\n\n[^<]*<details>/)
  assert.match(
    overview,
    /<summary>one \(conditionally\)<\/summary>\n\n\[`one`\]\([^)]+\) \(line [^\n]+\n\n- \[`three`\]\([^)]+\)[^\n]*\n\n<\/details>\n\n- \[`two`\]/,
  )
})

test('where nothing is called that is told of there is no tree', async () => {
  assert.doesNotMatch(await overviewWith({ main: ['two(x)'], two: [] }), / calls/)
  assert.doesNotMatch(await overviewWith({ start: BODIES.main, one: BODIES.one, two: [], three: [] }), / calls/)
})

test('a circle of calls ends, and so does a long list', async () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`leaf${index + 1}x`, [] as string[]]))
  const overview = await overviewWith({
    main: ['again(x)', ...Object.keys(many).map((name) => `${name}(x)`)],
    again: ['main(x)', 'leaf1x(x)'],
    ...many,
  })
  assert.match(overview, /- \[`main`\]\([^)]+\) \(line /)
  assert.ok(new Set(overview.match(/`leaf\d+x`/g)).size <= 12)
})

test('what the README defines, or each of many files has, is no call of it', async () => {
  const rules = Object.fromEntries(
    [...'abcde'].map((name) => [
      `kept/rules/${name}.py`,
      'def match(x):\n    one(x)\n    two(x)\n    return three(x)\n\ndef one(x):\n    return x\n\ndef two(x):\n    return x\n\ndef three(x):\n    return x\n',
    ]),
  )
  const overview = await overviewOf({
    ...rules,
    'README.md': '# kept\n\n```python\ndef keep(x):\n    return match(x)\n```\n',
    'pyproject.toml': '[project]\nname = "kept"\n',
    'kept/one.py':
      'def keep(x):\n    read(x)\n    tag(x)\n    return write(x)\n\ndef read(x):\n    return x\n\ndef tag(x):\n    return x\n\ndef write(x):\n    return x\n',
    'kept/main.py': 'from kept.one import keep, read, tag\n\ndef main():\n    keep(1)\n    read(2)\n    tag(3)\n',
  })
  assert.match(overview, /^# What \[`main`\]\([^)]+\) calls/)
})

test('the tree is a tree of elements that open, without a script', async () => {
  const tree = parseHtml(renderMarkdown(await overviewWith(BODIES)).html)
  const found = [...tree.querySelectorAll('details')].find((one) =>
    one.querySelector('summary')?.textContent?.startsWith('one'),
  )
  assert.equal(found?.querySelectorAll('li').length, 1)
})

test('where it is not known which overload is called, it is one of them, and none is followed', async () => {
  const overview = await overviewOf({
    'src/log/Log.java':
      'package log;\n\npublic class Log {\n  public static void add(String text) { put(); }\n  public static void add(Integer number) { put(); }\n  public static void add(Log a, Log b) { }\n  static void put() { }\n}\n',
    'src/log/Main.java':
      'package log;\n\npublic class Main {\n  public static void main(String[] args) {\n    one();\n    Log.add(args.length > 9 ? one() : Other.any());\n    two();\n  }\n  static Object one() { return Other.any(); }\n  static void two() { one(); }\n}\n',
  })
  assert.match(overview, /^- one of 2 overloads of \[`Log\.add`\]\([^)]+\) \(line \[6\]\([^)]+\)\)$/m)
})

test('a function that is given is followed where the call gives it, by position or by name', async () => {
  const overview = await overviewOf({
    'src/one.py':
      'def main(x):\n    raw(x, program=work)\n    two(x)\ndef raw(x, program):\n    two(x)\n    program(x)\ndef work(x):\n    three(x)\ndef two(x):\n    return x\ndef three(x):\n    return x\n',
  })
  assert.match(overview, /<summary>work<\/summary>\n\n\[`work`\]\([^)]+\) \(line \[6\]/)
})

test('a branch that what is given makes impossible is left out', async () => {
  const of = (given: string): Promise<string> =>
    overviewOf({
      'Main.java': `class Main {\n  public static void main(String[] args) {\n    Main.of(1, ${given});\n    Main.one();\n    Main.two();\n  }\n  static String of(int a, String b) {\n    Main.one();\n    return b == null ? "" : Main.parse(b);\n  }\n  static String parse(String b) { return b; }\n  static void one() {}\n  static void two() {}\n}\n`,
    })
  assert.match(await of('"x"'), /`Main\.parse`/)
  const without = await of('null')
  assert.match(without, /What \[`Main\.main`\]/)
  assert.doesNotMatch(without, /`Main\.parse`/)
})

test('each call has its own condition', async () => {
  const overview = await overviewOf({
    'src/one.py':
      'def main(x):\n    def inner():\n        note(x)\n    try:\n        two(x)\n        three(x)\n    except ValueError:\n        note(x)\ndef note(x):\n    return x\ndef two(x):\n    return x\ndef three(x):\n    return x\n',
  })
  assert.match(
    overview,
    /`note`\]\([^)]+\) \(in an inner function\) \(line \[3\]\([^)]+\)\) · after an error \(line \[8\]/,
  )
})

const STEPS = ['read', 'check', 'sort', 'join', 'write']
/** A file of five steps, and a function that calls them. */
const steps = (name: string): string => STEPS.map((step) => `def ${name}_${step}(x):\n    return x\n\n`).join('')
const calling = (name: string, of: string): string =>
  `def ${name}(x):\n${STEPS.map((step) => `    ${of}_${step}(x)\n`).join('')}    return x\n\n`
const imported = (name: string): string =>
  `from kept.${name} import ${STEPS.map((step) => `${name}_${step}`).join(', ')}\n`
const PROJECT = '[project]\nname = "kept"\n'
const readme = (...names: string[]): string =>
  `# kept\n\n\`\`\`python\nfrom kept import ${names.join(', ')}\n${names.map((name) => `${name}(1)\n`).join('')}\`\`\`\n`

test('further calls that documents make have trees of their own, which name what the others do not', async () => {
  const overview = await overviewOf({
    'README.md': readme('keep', 'load', 'again'),
    'pyproject.toml': PROJECT,
    'kept/__init__.py': `${imported('a')}${imported('b')}${calling('keep', 'a')}${calling('load', 'b')}${calling('again', 'a')}`,
    'kept/a.py': steps('a'),
    'kept/b.py': steps('b'),
    'tests/test_kept.py': 'from kept import load\n\ndef test_load():\n    assert load(1) == 1\n',
  })
  assert.equal(overview.match(/^## What /gm)?.length, 2)
  assert.match(overview, /^## What \[`load`\]\([^)]+\) calls\n\n[^#]*- \[`b_read`\]/m)
})

test('the main call of the README comes before the program; without calls of other files it has no tree', async () => {
  const files = {
    'README.md': readme('keep'),
    'pyproject.toml': PROJECT,
    'kept/__init__.py': 'from kept.one import keep\n',
    'kept/one.py': `${imported('a')}${calling('keep', 'a')}`,
    'kept/a.py': steps('a'),
  }
  assert.match(await overviewOf(files), /^# What \[`keep`\]\([^)]+\) calls\n/)
  const alone = await overviewOf({ ...files, 'kept/one.py': calling('keep', 'a') + steps('a') })
  assert.doesNotMatch(alone, /What \[`keep`\]/)
})

test('a call of an interface goes on in the only class that implements it or that the code makes', async () => {
  const disk = (name: string): string =>
    `package a;\npublic class ${name} implements Store {\n  public int save(String text) { return write(text); }\n  int write(String text) { return 1; }\n}\n`
  const app = (made: string): string =>
    `package a;\npublic class App {\n  Store store${made};\n  public static void main(String[] args) { new App().keep("x"); }\n  int keep(String note) { return store.save(head(note)); }\n  String head(String note) { return note; }\n}\n`
  const files = {
    'src/a/Store.java': 'package a;\npublic interface Store {\n  int save(String text);\n}\n',
    'src/a/App.java': app(''),
    'src/a/Disk.java': disk('Disk'),
  }
  assert.match(await overviewOf(files), /\(implemented by \[`Disk\.save`\]\([^)]+\)\)[^\n]*\n\n- \[`Disk\.write`\]/)
  const two = { ...files, 'src/a/Tape.java': disk('Tape') }
  assert.doesNotMatch(await overviewOf(two), /^- \[`(?:Disk|Tape)\.write`/m)
  assert.match(
    await overviewOf({ ...two, 'src/a/App.java': app(' = new Tape()') }),
    /the code creates only \[`Tape\.save`\]\([^)]+\)\)[^\n]*\n\n- \[`Tape\.write`\]/,
  )
})

test('a branch of an inner function is a condition', async () => {
  const overview = await overviewOf({
    'src/one.py':
      'def main(x):\n    def inner():\n        if x:\n            two(x)\n        else:\n            three(x)\n    one(x)\n    return inner\ndef one(x):\n    return x\ndef two(x):\n    return x\ndef three(x):\n    return x\n',
  })
  assert.match(overview, /`three`\]\([^)]+\) \(in an inner function, conditionally\)/)
  assert.match(overview, /- Inner functions passed on or returned: `inner` \(line /)
})
