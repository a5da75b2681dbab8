import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readGuides } from '#generate/guides/read-guides.ts'
import { Incidents } from '#generate/incidents.ts'
import { renderMarkdown } from '#markdown/render.ts'
import { parseHtml } from '../../markdown/hostile.ts'
import { analysedSample } from './real-sample.ts'
import { document } from './sample.ts'

/** The page with the call trees of a repository, otherwise its overview. */
async function overviewOf(files: Record<string, string>): Promise<string> {
  const sample = await analysedSample(files)
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
  assert.match(overview, /^# What \[`main`\]\([^)]+\) calls \(\[`src\/one\.py`\]\([^)]+\)\)\n\n<details>/)
  assert.match(
    overview,
    /<summary>one \(conditionally\)<\/summary>\n\n\[`one`\]\([^)]+\) \(line [^\n]+\n\n- \[`three`\]\([^)]+\)[^\n]*\n\n<\/details>\n\n- \[`two`\]/,
  )
})

test('where nothing is called that is told of there is no tree', async () => {
  assert.doesNotMatch(await overviewWith({ main: ['two(x)'], two: [] }), / calls/)
  assert.doesNotMatch(await overviewWith({ start: BODIES.main, one: BODIES.one, two: [], three: [] }), / calls/)
})

test('a circle of calls ends, and what is too much is counted', async () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`leaf${index + 1}x`, [] as string[]]))
  const overview = await overviewWith({
    main: ['again(x)', ...Object.keys(many).map((name) => `${name}(x)`)],
    again: ['main(x)', 'leaf1x(x)'],
    ...many,
  })
  assert.match(overview, /- And 19 more\.$/m)
  assert.match(overview, /- \[`main`\]\([^)]+\) \(line [^\n]+\) \(31 further calls\)$/m)
})

test('setters in a row are one line, and what leads to most work is opened first', async () => {
  const setters = ['a', 'b', 'c', 'd'].map((name) => `    def set_${name}(self, x):\n        self.${name} = x\n`)
  const long = Array.from({ length: 30 }, (_, index) => `    x = deep(x + ${index})\n`)
  const text = [
    'class Maker:\n',
    ...setters,
    'def deep(x):\n    return deeper(x)\n',
    'def deeper(x):\n    return x\n',
    'def work(x):\n',
    ...long,
    '    return x\n',
    ...Array.from({ length: 14 }, (_, index) => `def small${index}(x):\n    return x\n`),
    'def main(maker: Maker, x):\n',
    ...['a', 'b', 'c', 'd'].map((name) => `    maker.set_${name}(x)\n`),
    ...Array.from({ length: 14 }, (_, index) => `    small${index}(x)\n`),
    '    work(x)\n',
  ]
  const overview = await overviewOf({ 'src/one.py': text.join('') })
  assert.match(
    overview,
    /- \[`Maker\.set_a`\]\([^)]+\), \[`Maker\.set_b`\]\([^)]+\), \[`Maker\.set_c`\]\([^)]+\), \[`Maker\.set_d`\]\([^)]+\) \(line/,
  )
  assert.match(overview, /<summary>work<\/summary>[\s\S]*<summary>deep<\/summary>/)
  assert.match(overview, /- And 4 more\.$/m)
})

test('what is not known is said: a function that is given, one that is only made, one of several', async () => {
  const overview = await overviewWith({
    // What is called elsewhere in the body is most likely meant by `x.one()`.
    main: ['two(lambda: three(x))', 'one(x)', 'x.one()', 'given(x)', 'x.four()', 'x.equals(y)', 'len(x)'],
    one: ['given(x)'],
    two: [],
    three: [],
    four: [],
    equals: [],
  })
  assert.match(overview, /- \[`one`\]\([^)]+\) \(line [^\n]+\) \(also calls `given`\)$/m)
  // Its place does not say when it runs.
  assert.match(overview, /\[`one`\][\s\S]+- \[`three`\]\([^)]+\) \(in an inner function\)/)
  assert.match(overview, /- Also calls `given`, `four`$/m)
})

test('methods that texts have are no calls of functions of that name, and a function that branches define is one', async () => {
  const overview = await overviewWith({
    main: [
      'one(x)',
      'two(x)',
      'three(x)',
      'x.encode(1)',
      'if x:',
      '    def run():',
      '        y = x',
      '        return y',
      'else:',
      '    def run():',
      '        y = x',
      '        return y',
      'one(run)',
    ],
    one: [],
    two: [],
    three: [],
    encode: [],
  })
  assert.doesNotMatch(overview, /Also calls/)
  assert.match(overview, /- Inner functions passed on or returned: `run` \(line \[\d+\]\([^)]+\)\)$/m)
})

test('a call of an interface goes on where one class implements it, and names them where several do', async () => {
  const store = 'package a;\npublic interface Store { int save(String text); }\n'
  const disk = (name: string): string =>
    `package a;\npublic class ${name} implements Store {\n  public int save(String text) { return write(text); }\n  int write(String text) { return 1; }\n}\n`
  const app =
    'package a;\npublic class App {\n  Store store;\n  public static void main(String[] args) { new App().keep("x"); }\n  int keep(String note) { return store.save(head(note)); }\n  String head(String note) { return note; }\n}\n'
  const files = { 'src/a/Store.java': store, 'src/a/App.java': app, 'src/a/Disk.java': disk('Disk') }
  const one = await overviewOf(files)
  assert.match(
    one,
    /\[`Store\.save`\]\([^)]+\) \(implemented by \[`Disk\.save`\]\([^)]+\)\)[^\n]*\n\n- \[`Disk\.write`\]/,
  )
  const two = await overviewOf({ ...files, 'src/a/Tape.java': disk('Tape') })
  assert.match(two, /- \[`Store\.save`\]\([^)]+\) \(implemented by \[`Disk\.save`\]\([^)]+\), \[`Tape\.save`\]/)
  assert.doesNotMatch(two.slice(two.indexOf('## What'), two.indexOf('## ', two.indexOf('## What') + 3)), /Disk\.write/)
})

test('further calls that documents make have trees of their own, which name what the others do not', async () => {
  const chain = (name: string): string =>
    `def ${name}(x):\n    ${name}_read(x)\n    ${name}_check(x)\n    return ${name}_write(x)\n\n${['read', 'check', 'write'].map((step) => `def ${name}_${step}(x):\n    return x\n\n`).join('')}`
  const overview = await overviewOf({
    'README.md': '# kept\n\n```python\nfrom kept import keep, load, again\nkeep(1)\nload(2)\nagain(3)\n```\n',
    'pyproject.toml': '[project]\nname = "kept"\n',
    'kept/__init__.py': `${chain('keep')}${chain('load')}def again(x):\n    keep_read(x)\n    keep_check(x)\n    return keep_write(x)\n`,
    'tests/test_kept.py': 'from kept import load\n\ndef test_load():\n    assert load(1) == 1\n',
  })
  assert.match(overview, /^# Call trees\n\n## What \[`(?:keep|load|again)`\]/)
  assert.equal(overview.match(/^## What /gm)?.length, 2)
  assert.match(overview, /^## What \[`load`\]\([^)]+\) calls\n\n- \[`load_read`\]/m)
})

test('the main call of the README comes before the program', async () => {
  const overview = await overviewOf({
    'README.md': '# kept\n\n```python\nfrom kept import keep, tag\ntag(1)\nkeep(2)\n```\n',
    'pyproject.toml': '[project]\nname = "kept"\n',
    'kept/__init__.py': 'from kept.one import keep, tag\n',
    'kept/one.py':
      'def tag(x):\n    return x\n\ndef keep(x):\n    read(x)\n    return write(tag(x))\n\ndef read(x):\n    return x\n\ndef write(x):\n    return x\n',
    'kept/main.py': 'from kept.one import keep, read, tag\n\ndef main():\n    keep(1)\n    read(2)\n    tag(3)\n',
  })
  assert.match(overview, /^# What \[`keep`\]\([^)]+\) calls\n/)
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

test('beside a library a program that compares is no beginning; inner functions that are handed on are said', async () => {
  const texts = {
    'package.json': '{"name": "log", "version": "1.0.0", "main": "index.js"}',
    'index.js': `module.exports = log
function log (later) {
  read()
  write(1)
  function flush () {
    write(2)
    return 1
  }
  later(flush)
  return function logger () {
    return tag()
  }
}
function read () {}
function write (x) {}
function tag () {}
`,
    'compare/main.js':
      'function main() { one(); two(); three() }\nfunction one() {}\nfunction two() {}\nfunction three() {}\nmain()\n',
  }
  assert.doesNotMatch(await overviewOf(texts), /^# What \[`main`\]/)
  const overview = await overviewOf({ ...texts, 'README.md': '# log\n\n```js\nlog(1)\n```\n' })
  assert.match(overview, /^# What \[`log`\]\([^)]+\) calls\n/)
  assert.match(overview, /- Inner functions passed on or returned: `flush` \(line \[9\][^\n]+`logger` \(line \[10\]/)
})

test('a function that is bound for later is not called', async () => {
  const overview = await overviewOf({
    'index.js':
      'class Relay {\n  constructor () {\n    this.open()\n    this.run = this.run.bind(this)\n  }\n  open () { read() }\n  run () { read() }\n}\nfunction read () {}\nfunction log () { new Relay() }\nmodule.exports = log\n',
    'package.json': '{"name": "log", "version": "1.0.0", "main": "index.js"}',
    'README.md': '# log\n\n```js\nlog(1)\n```\n',
  })
  const [tree = ''] = overview.split('<details>\n<summary>Called by')
  assert.match(tree, /Relay\.open/)
  assert.doesNotMatch(tree, /Relay\.run/)
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
  assert.doesNotMatch(overview, /Also calls/)
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

test('each call has its own condition, and what is called on a value of the repository is said', async () => {
  const overview = await overviewOf({
    'src/one.py':
      'def main(x):\n    def inner():\n        log(x)\n    try:\n        two(x)\n        three(x)\n    except ValueError:\n        log(x)\ndef log(x):\n    return x\ndef two(x):\n    return x\ndef three(x):\n    return x\n',
  })
  assert.match(
    overview,
    /`log`\]\([^)]+\) \(in an inner function\) \(line \[3\]\([^)]+\)\) · after an error \(line \[8\]/,
  )
  const called = await overviewOf({
    'src/one.py':
      'import outside\nSTORE = outside.load()\nclass Store:\n    def read(self, x):\n        return x\ndef main(x):\n    one(x)\n    two(x)\n    three(x)\n    STORE.read(x)\ndef one(x):\n    return x\ndef two(x):\n    return x\ndef three(x):\n    return x\n',
  })
  assert.match(called, /Also calls `STORE\.read`/)
})
