import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readGuides } from '#generate/guides/read-guides.ts'
import { Incidents } from '#generate/incidents.ts'
import { analysedSample } from './real-sample.ts'
import { document } from './sample.ts'

/** The page with the call trees of a repository, otherwise its overview, from its call tree on. */
async function overviewOf(files: Record<string, string>): Promise<string> {
  const sample = await analysedSample(files)
  const guides = readGuides(sample.inventory, new Incidents({ areFatal: true }))
  const { markdown, verification } = document({ ...sample, guides })
  assert.deepEqual(verification.faults, [])
  const overview = markdown.get('overview.md') ?? ''
  const at = overview.indexOf('\n## Call tree of ')
  return markdown.get('calls.md') ?? (at < 0 ? overview : overview.slice(at + 2))
}

const WORDS: Record<string, string> = {
  one: 'Packs the parts.',
  two: 'Sends the parcel.',
  three: 'Reads the weight.',
  four: 'Counts the stamps.',
  five: 'Rings the bell.',
}

const LONG = Array.from({ length: 20 }, () => 'x = x + 4')

/** A function in Python, longer than a helper, with the words of `WORDS`. */
function define(name: string, calls: readonly string[] = [], words = WORDS[name]): string {
  const lines = [
    words === undefined ? '' : `"""${words}"""`,
    ...calls,
    'x = x + 1',
    'x = x + 2',
    'x = x + 3',
    'return x',
  ]
  return `def ${name}(x, given=None):\n${lines.map((line) => `    ${line}\n`).join('')}\n`
}

const treeWith = (bodies: Record<string, string[]>, before = ''): Promise<string> =>
  overviewOf({
    'src/one.py':
      before +
      Object.entries(bodies)
        .map(([name, calls]) => define(name, calls))
        .join(''),
  })

const BODIES = {
  main: ['one(x)', 'if x.is_absent(9): two(x)', 'four(x)'],
  one: ['three(x)'],
  two: [],
  three: [],
  four: [],
}

test('steps are nested lists with their conditions, lines and sentences, each once', async () => {
  const page = await treeWith(BODIES)
  assert.match(page, /^# Call tree of \[`main`\]\([^)]+\) \(\[`src\/one\.py`\]\([^)]+\)\): main steps\n/)
  assert.match(
    page,
    /^- \[`one`\]\([^)]+\) \(line \[\d+\]\([^)]+\)\): Packs the parts\.\n {2}- \[`three`\]\([^)]+\) \(line [^\n]+Reads the weight\.\n- \[`two`\]\([^)]+\) \(if `x\.is_absent\(9\)`\) [^\n]+Sends the parcel\.$/m,
  )
  const again = await treeWith({ ...BODIES, main: ['one(x)', 'two(x)', 'three(x)', 'four(x)'], two: ['main(x)'] })
  assert.equal(again.match(/^ *- \[`three`\]/gm)?.length, 1)
  assert.doesNotMatch(again, /^ *- \[`main`\]/m)
})

test('where nothing is called that is told of there is no tree', async () => {
  assert.doesNotMatch(await treeWith({ main: ['two(x)'], two: [] }), / calls/)
  assert.doesNotMatch(await treeWith({ start: BODIES.main, one: BODIES.one, two: [], three: [] }), / calls/)
})

test('a function without words stands in a row with the one step that it leads to, or before several', async () => {
  const page = await treeWith({
    main: ['mute(x)', 'deaf(x)', 'two(x)', 'one(x)'],
    mute: ['three(x)', 'four(x)'],
    deaf: ['five(x)', 'blind(x)'],
    blind: [],
    four: [],
    five: LONG,
    one: [],
    two: [],
    three: [],
  })
  assert.match(page, /^- \[`mute`\]\([^)]+\) \(line \[\d+\]\([^)]+\)\)\n {2}- \[`three`\]/m)
  assert.match(
    page,
    /^- \[`deaf`\]\([^)]+\) \(line \[\d+\]\([^)]+\)\) → \[`five`\]\([^)]+\) \(line [^\n]+Rings the bell\.$/m,
  )
  assert.doesNotMatch(page, /blind/)
})

test('helpers of a line, accessors, reports, errors and sentences that repeat the name are no steps', async () => {
  const page = await overviewOf({
    'src/one.py': [
      define('main', [
        'one(x)',
        'two(x)',
        'three(x)',
        'four(x)',
        'tiny(x)',
        'is_heavy(x)',
        'count(x)',
        'ask(x)',
        'over(x)',
        'note(x)',
        'size(x)',
        'usage_and_exit(x)',
        'weigh_parcel(x)',
        'tidy_house(x)',
        'Lost.at(x)',
        'build(x)',
        'split(x)',
        'pad(x)',
      ]),
      ...['one', 'two', 'three', 'four'].map((name) =>
        define(
          name,
          Array.from({ length: 20 }, () => 'x = x + 4'),
        ),
      ),
      'def tiny(x):\n    """Wraps the parcel in paper."""\n    return [x]\n\n',
      define('is_heavy', [], 'Puts it on the scales.'),
      define('count', [], 'Used internally by the post.'),
      define('ask', [], 'Checks whether the bell rings.'),
      define('over', [], 'Overrides what the post does.'),
      define('note', [], 'Here we skip the stamps.'),
      define('size', [], 'Returns the size of the parcel.'),
      define('usage_and_exit', [], 'Shows all that can be done.'),
      define('weigh_parcel', [], 'Weigh a parcel.'),
      define('tidy_house', LONG, 'Cleans house.'),
      define('build', [], 'Creates a new instance.'),
      define('split', [], 'Breaks a parcel by the following rules.'),
      define('pad', [], '-L -LV -L V.'),
      `class Lost(Exception):\n    @staticmethod\n${define('at', [], 'Tells where the parcel was lost.').replace(/^(?=.)/gm, '    ')}`,
    ].join(''),
  })
  assert.deepEqual(
    [...page.matchAll(/^ *- \[`([^`]+)`\]/gm)].map(([, name]) => name),
    ['one', 'two', 'three', 'four'],
  )
})

test('a short function that many files call is no step', async () => {
  const user = 'from src.one import three\n\ndef run(x):\n    return three(x)\n'
  const bodies = {
    ...{ main: ['one(x)', 'two(x)', 'three(x)', 'four(x)', 'five(x)'], one: [], two: [], three: [] },
    ...{ four: ['one(x)'], five: [] },
  }
  const text = Object.entries(bodies).map(([name, calls]) => define(name, calls, WORDS[name]))
  const files = { 'src/one.py': text.join(''), 'src/a.py': user, 'src/b.py': user, 'src/c.py': user }
  assert.doesNotMatch(await overviewOf(files), /^- \[`three`\]/m)
  assert.match(await overviewOf({ ...files, 'src/c.py': '' }), /^- \[`three`\]/m)
})

test('a call of an interface goes on in the only class that implements it, and names several', async () => {
  const store = 'package a;\npublic interface Store {\n  /** Keeps a text for later. */\n  int save(String text);\n}\n'
  const disk = (name: string): string =>
    `package a;\npublic class ${name} implements Store {\n  public int save(String text) { return write(text); }\n  /** Puts it all on paper. */\n  int write(String text) {\n    int a = 1;\n    a += 1;\n    return a;\n  }\n}\n`
  const app =
    'package a;\npublic class App {\n  Store store;\n  public static void main(String[] args) { new App().keep("x"); }\n  /** Puts a note on the shelf. */\n  int keep(String note) { seal(note); return store.save(head(note)); }\n  /** Closes the lid. */\n  void seal(String note) {\n    int a = 1;\n    a += 1;\n    a += 2;\n  }\n  /** Cuts a note to its head. */\n  String head(String note) {\n    int a = 1;\n    a += 1;\n    return note;\n  }\n}\n'
  const files = { 'src/a/Store.java': store, 'src/a/App.java': app, 'src/a/Disk.java': disk('Disk') }
  assert.match(
    await overviewOf(files),
    /^ *- \[`Store\.save`\]\([^)]+\) \(implemented by \[`Disk\.save`\]\([^)]+\)\)[^\n]*\n *- \[`Disk\.write`\]/m,
  )
  const two = await overviewOf({ ...files, 'src/a/Tape.java': disk('Tape') })
  assert.match(
    two,
    /- \[`Store\.save`\]\([^)]+\) \(implemented by \[`Disk\.save`\]\([^)]+\), \[`Tape\.save`\]\([^)]+\)\) \(line /,
  )
  assert.doesNotMatch(two, /Disk\.write/)
  const memory =
    'package a;\npublic class Memory {\n  Store make() { return new Store() { public int save(String text) { return 1; } }; }\n}\n'
  const anonymous = await overviewOf({ ...files, 'src/a/Memory.java': memory })
  assert.match(anonymous, /- \[`Store\.save`\]\([^)]+\) \(line /)
  assert.doesNotMatch(anonymous, /Disk\./)
})

const read = (name: string): string => define(name, [], `Takes the ${name.replaceAll('_', ' ')} off a parcel.`)

test('further calls that documents make have trees of their own, which name what the others do not', async () => {
  const chain = (name: string): string =>
    define(
      name,
      ['label', 'price', 'stamp', 'weight'].map((step) => `${name}_${step}(x)`),
      'Goes through all there is.',
    ) +
    ['label', 'price', 'stamp', 'weight']
      .map((step) => define(`${name}_${step}`, [], `Looks at the ${step} once.`))
      .join('')
  const page = await overviewOf({
    'README.md': '# kept\n\n```python\nfrom kept import keep, load, again\nkeep(1)\nload(2)\nagain(3)\n```\n',
    'pyproject.toml': '[project]\nname = "kept"\n',
    'kept/__init__.py': `${chain('keep')}${chain('load')}${define('again', ['keep_label(x)', 'keep_price(x)', 'keep_stamp(x)'])}`,
    'tests/test_kept.py': 'from kept import load\n\ndef test_load():\n    assert load(1) == 7\n',
  })
  assert.match(page, /^# Call trees\n\n## Call tree of \[`(?:keep|load|again)`\]/)
  assert.equal(page.match(/^## Call tree of /gm)?.length, 2)
  assert.match(
    page,
    /^## Call tree of \[`load`\]\([^)]+\): main steps\n\nGoes through all there is\.\n\n- \[`load_label`\]/m,
  )
})

test('the main call of the README comes before the program', async () => {
  const page = await overviewOf({
    'README.md': '# kept\n\n```python\nfrom kept import keep, tag\ntag(1)\nkeep(2)\n```\n',
    'pyproject.toml': '[project]\nname = "kept"\n',
    'kept/__init__.py': 'from kept.one import keep, tag\n',
    'kept/one.py':
      define('keep', ['label(x)', 'stamp(x)', 'tag(x)', 'price(x)'], 'Goes through all there is.') +
      ['tag', 'label', 'stamp', 'price'].map(read).join(''),
    'kept/main.py': `from kept.one import keep, label, tag\n\n${define('main', ['keep(1)', 'label(2)', 'tag(3)'])}`,
  })
  assert.match(page, /^# Call tree of \[`keep`\]\([^)]+\): main steps\n/)
})

test('what the README defines, or each of many files has, is no call of it', async () => {
  const rules = Object.fromEntries(
    [...'abcde'].map((name) => [
      `kept/rules/${name}.py`,
      define('match', ['label(x)', 'stamp(x)', 'price(x)']) + ['label', 'stamp', 'price'].map(read).join(''),
    ]),
  )
  const page = await overviewOf({
    ...rules,
    'README.md': '# kept\n\n```python\ndef keep(x):\n    return match(x)\n```\n',
    'pyproject.toml': '[project]\nname = "kept"\n',
    'kept/one.py':
      define('keep', ['label(x)', 'stamp(x)', 'price(x)'], 'Goes through all there is.') +
      ['label', 'stamp', 'price'].map(read).join(''),
    'kept/main.py': `from kept.one import keep, label\n\n${define('main', ['keep(1)', 'label(2)'], 'Runs it.')}`,
  })
  assert.match(page, /^# Call tree of \[`main`\]\([^)]+\)/)
})

test('where all that a function does is to create values, there is no tree', async () => {
  const types = ['Box', 'Bag', 'Tin'].map(
    (name) =>
      `class ${name}:\n    """Holds what is sent by ${name}."""\n    def __init__(self, x):\n        self.x = x\n\n`,
  )
  const made = await treeWith({ main: ['Box(x)', 'Bag(x)', 'Tin(x)'] }, types.join(''))
  assert.doesNotMatch(made, /^# Call tree of /)
})

const stepsOf = (page: string): (string | undefined)[] =>
  [...page.matchAll(/^ *- \[`([^`]+)`\]/gm)].map(([, name]) => name)

test('a function without words is no step, also where a check decides whether it runs', async () => {
  const rest = { work: LONG, one: LONG, two: [], three: [] }
  const told = ['one(x)', 'two(x)', 'three(x)']
  for (const call of ['work(x)', 'if x.a: work(x)'])
    assert.deepEqual(stepsOf(await treeWith({ main: [call, ...told], ...rest })), ['one', 'two', 'three'])
})

test('below a function that others call, too, a check of its parameters decides about no step', async () => {
  const rest = { one: ['five(x)', 'if given == 4: three(x)'], two: ['five(x)'], three: LONG, four: [], five: [] }
  const own = await treeWith({ main: ['one(x, x)', 'two(x)', 'four(x)'], ...rest })
  assert.deepEqual(stepsOf(own), ['one', 'five', 'three', 'two', 'four'])
  const shared = await treeWith({ main: ['one(x, x)', 'two(x)', 'four(x)'], ...rest, six: ['one(x, 4)'] })
  assert.deepEqual(stepsOf(shared), ['one', 'two', 'four'])
})

test('a getter that calls nothing is no step, and what classes are for is no step of a root', async () => {
  const type = 'class Box:\n    """Holds what is sent."""\n    def __init__(self, x):\n        self.x = x\n\n'
  const getter = define(
    'weigh',
    Array.from({ length: 9 }, () => 'x = x + 4'),
    'Returns the weight of the parcel.',
  )
  const page = await treeWith(
    { main: ['one(x)', 'two(x)', 'three(x)', 'weigh(x)'], one: LONG, two: LONG, three: LONG },
    getter,
  )
  assert.deepEqual(stepsOf(page), ['one', 'two', 'three'])
  assert.doesNotMatch(
    await treeWith({ main: ['one(x)', 'two(x)', 'Box(x)'], one: LONG, two: LONG }, type),
    /Call tree of/,
  )
})

test('a call in a callback adds its line to the call outside of it', async () => {
  const page = await overviewOf({
    'src/one.ts':
      'export function main(x: number[]) {\n  one(x)\n  x.forEach(() => one(x))\n  two(x)\n  three(x)\n}\n' +
      ['one', 'two', 'three']
        .map((name) => `/** ${WORDS[name]} */\nfunction ${name}(x: number[]) {\n${'  x.push(4)\n'.repeat(9)}}\n`)
        .join(''),
  })
  assert.match(page, /^- \[`one`\]\([^)]+\) \(lines \[2\][^\n]+\[3\]\([^)]+\)\): Packs/m)
})

test('a tree has three sentences, and the call that leads to most code, also below', async () => {
  const two = { one: [], two: [] }
  const few = await treeWith({ main: ['one(x)', 'two(x)', 'if x.a: work(x)'], work: LONG, ...two })
  assert.doesNotMatch(few, /Call tree of/)
  const three = { three: [], ...two }
  const enough = await treeWith({ main: ['one(x)', 'two(x)', 'three(x)'], ...three })
  assert.deepEqual(stepsOf(enough), ['one', 'two', 'three'])
  const most = { ...three, work: [...LONG, ...LONG, ...LONG] }
  assert.doesNotMatch(await treeWith({ main: ['one(x)', 'two(x)', 'three(x)', 'work(x)'], ...most }), /Call tree of/)
  const below = { main: ['one(x)', 'two(x)', 'three(x)'], ...three, work: LONG, four: [], five: [] }
  assert.match(await treeWith({ ...below, one: ['four(x)', 'five(x)'] }), /Call tree of/)
  assert.doesNotMatch(await treeWith({ ...below, one: ['four(x)', 'five(x)', 'work(x)'] }), /Call tree of/)
})

test('a single step that does little of what its caller does is left out', async () => {
  const bodies = { two: [], three: [], four: [], five: [] }
  const page = (lines: readonly string[]): Promise<string> =>
    treeWith({ main: ['one(x)', 'two(x)', 'three(x)', 'four(x)'], one: ['five(x)', ...lines], ...bodies })
  assert.deepEqual(stepsOf(await page([])), ['one', 'five', 'two', 'three', 'four'])
  assert.deepEqual(stepsOf(await page(LONG)), ['one', 'two', 'three', 'four'])
})

test('a tree has its twelve weightiest lines', async () => {
  const names = Array.from({ length: 4 }, (_, n) => `work_${n}`)
  const bodies = names.map((name): [string, string[]] => [
    name,
    ['a', 'b', 'c', 'd', 'e'].map((end) => `${name}_${end}(x)`),
  ])
  const leaves = bodies.flatMap(([name]) =>
    ['a', 'b', 'c', 'd', 'e'].map((end, n): [string, string[]] => [`${name}_${end}`, [...LONG, ...LONG.slice(0, n)]]),
  )
  const all: [string, string[]][] = [['main', names.map((name) => `${name}(x)`)], ...bodies, ...leaves]
  const words = ['north', 'south', 'east', 'west', 'attic', 'cellar', 'tower', 'garden']
  const page = await overviewOf({
    'src/one.py': all
      .map(([name, lines], n) => define(name, lines, `Sweeps the ${words[n % 8]} and the ${words[n >> 3]} by hand.`))
      .join(''),
  })
  assert.equal(stepsOf(page).length, 12)
  assert.ok(stepsOf(page).includes('work_0_e'))
  assert.doesNotMatch(page, /work_._a/)
})

test('conditions that are too many or too long to be told are said to be there', async () => {
  const bodies = { one: ['five(x)'], two: [], three: [], five: LONG }
  const page = await treeWith({ main: ['if x: one(x)', 'if x > 2: one(x)', 'two(x)', 'three(x)'], ...bodies })
  assert.match(page, /^- \[`one`\]\([^)]+\) \(conditionally\) \(lines \[\d+\][^\n]+\[\d+\]\([^)]+\)\): Packs/m)
})

test('what follows more exits than are told says that there are some', async () => {
  const exits = ['a', 'b', 'c'].map((name) => `if x.${name}: return 1`)
  const page = await treeWith({ ...BODIES, main: ['one(x)', ...exits, 'two(x)', 'four(x)'] })
  assert.match(page, /^- \[`one`\]\([^)]+\) \(line /m)
  assert.match(page, /^- \[`two`\]\([^)]+\) \(unless it returns early\) \(line /m)
})

test('literal arguments and defaults decide the conditions below a call', async () => {
  const bodies = { two: LONG, three: LONG, four: LONG }
  const flag = await treeWith({ main: ['one(x)', 'four(x)'], one: ['two(x)', 'if given: three(x)'], ...bodies })
  assert.deepEqual(stepsOf(flag), ['one', 'two', 'four'])
  const value = await treeWith({ main: ['one(x)', 'four(x)'], one: ['two(x)', 'if given.all(): three(x)'], ...bodies })
  assert.deepEqual(stepsOf(value), ['one', 'two', 'three', 'four'])
  const passed = await treeWith({ main: ['one(x, True)', 'four(x)'], one: ['two(x)', 'if given: three(x)'], ...bodies })
  assert.match(passed, /`three`\]\([^)]+\) \(line /)
  const unknown = await treeWith({ main: ['one(x, x)', 'four(x)'], one: ['two(x)', 'if given: three(x)'], ...bodies })
  assert.match(unknown, /`three`\]\([^)]+\) \(if `given`\) \(line /)
})

test('the condition of a call is not told where another call leads to the same function', async () => {
  const bodies = { two: LONG, three: LONG, four: LONG }
  const beside = await treeWith({
    main: ['if x > 1: one(x)', 'five(x)', 'four(x)'],
    five: ['one(x)', 'two(x)'],
    one: LONG,
    ...bodies,
  })
  assert.deepEqual(stepsOf(beside), ['five', 'one', 'two', 'four'])
})

test('of what runs as a program without a function for it, the file is the root', async () => {
  const page = await overviewOf({
    'package.json': '{"name": "kept", "version": "1.0.0", "bin": "cli.js"}',
    'cli.js': "import { keep, load } from './keep.js'\n\nconst all = load(1)\nkeep(all)\n",
    'keep.js': ['keep', 'load', 'seal']
      .map(
        (name) =>
          `/** Walks the ${name} from end to end. */\nexport function ${name}(x) {\n${name === 'keep' ? '  seal(x)\n' : ''}${'  x += 1\n'.repeat(20)}  return x\n}\n`,
      )
      .join(''),
  })
  assert.match(page, /^# Call tree of \[`cli\.js`\]\([^)]+\): main steps\n\n- \[`load`\][^\n]+\n- \[`keep`\]/m)
})

test('a function that is bound for later is not called', async () => {
  const page = await overviewOf({
    'index.js':
      'class Relay {\n  constructor () {\n    this.open()\n    this.run = this.run.bind(this)\n  }\n  /** Lets the gate rise. */\n  open () { read(); ring() }\n  /** Walks to the gate. */\n  run () { read() }\n}\n/** Looks at the sign. */\nfunction read () {\n  let x = 1\n  x += 1\n  return tell(x)\n}\n/** Pulls the cord. */\nfunction ring () {\n  let x = 1\n  x += 1\n  return x\n}\n/** Cries out loud. */\nfunction tell (x) {\n  x += 1\n  x += 2\n  return x\n}\n/** Goes through all there is. */\nfunction log () { new Relay() }\nmodule.exports = log\n',
    'package.json': '{"name": "log", "version": "1.0.0", "main": "index.js"}',
    'README.md': '# log\n\n```js\nlog(1)\n```\n',
  })
  assert.match(page, /^- \[`Relay`\]\([^)]+\) \(line [^\n]+ → \[`Relay\.open`\]/m)
  assert.doesNotMatch(page, /Relay\.run/)
})

test('an overload that only passes on its arguments is the one that the line calls, and one of several that is not known is left out', async () => {
  const page = await overviewOf({
    'src/log/Log.java': `package log;

public class Log {
  public static void add(String text) { put(text); }
  public static void add(Integer number) { put("1"); }
  public static void put(String text) { put(text, 1); }
  /** Puts a text on a shelf. */
  public static void put(String text, int shelf) {
    one(text);
    two();
    three();
    four();
  }
  /** Rings the bell. */
  static void three() {
    int a = 1;
    a += 1;
    a += 2;
  }
  /** Locks the door. */
  static void four() {
    int a = 1;
    a += 1;
    a += 2;
  }
  /** Takes the ladder. */
  static Object one(String text) {
    int a = 1;
    a += 1;
    return Other.any();
  }
  /** Climbs to the shelf. */
  static void two() {
    int a = 1;
    a += 1;
    one("x");
  }
}
`,
    'src/log/Main.java':
      'package log;\n\npublic class Main {\n  public static void main(String[] args) {\n    Log.one("x");\n    Log.add(args.length > 9 ? Log.one("y") : Other.any());\n    Log.put("x");\n  }\n}\n',
  })
  assert.match(
    page,
    /^- \[`Log\.put\(String\)`\]\([^)]+\) \(line \[7\]\([^)]+\)\) → \[`Log\.put\(String, int\)`\]\([^)]+\) \(line \[6\]\([^)]+\)\): Puts a text on a shelf\.\n(?: {2}- [^\n]+\n)* {2}- \[`Log\.two`\]/m,
  )
  assert.doesNotMatch(page, /`Log\.add`/)
})

test('each call says its condition, and one that only handles errors is no step', async () => {
  const page = await treeWith({
    main: [
      'def inner():',
      '    one(x)',
      'try:',
      '    two(x)',
      'except ValueError:',
      '    one(x)',
      '    three(x)',
      'if x:',
      '    four(x)',
      'else:',
      '    five(x)',
    ],
    ...{
      one: [],
      two: ['if x: return', 'six(x)', 'if x: six(x)'],
      three: [],
      four: ['six(x)'],
      five: ['two(x)'],
      six: [],
    },
  })
  assert.match(page, /`four`\]\([^)]+\) \(if `x`\)/)
  assert.doesNotMatch(page, /`(?:one|three)`/)
  const either = await overviewOf({
    'src/one.py': [
      define('main', [
        'if x:',
        '    one(x)',
        '    four(x)',
        'else:',
        '    two(x)',
        'if x:',
        '    five(x)',
        'if x: three(x)',
        'if x: return',
        'three(x)',
      ]),
      ...Object.keys(WORDS).map((name) => define(name)),
    ].join(''),
  })
  assert.match(either, /`one`\]\([^)]+\) \(if `x`\)/)
  assert.match(either, /`two`\]\([^)]+\) \(unless `x`\)/)
  assert.match(either, /`three`\]\([^)]+\) \(lines \[\d+\][^\n]+\[\d+\]\([^)]+\)\):/)
})

test('functions that users call less are no roots, nor are asynchronous twins', async () => {
  const steps = ['one(x)', 'two(x)', 'three(x)', 'four(x)']
  const other = ['read_a(x)', 'read_b(x)', 'read_c(x)', 'read_d(x)']
  const tests = (name: string, count: number): string =>
    Array.from({ length: count }, (_, n) => `def test_${name}_${n}():\n    ${name}(1)\n\n`).join('')
  const page = (count: number): Promise<string> =>
    overviewOf({
      'pyproject.toml': '[project]\nname = "kept"\n',
      'kept/__init__.py': [
        define('keep', steps, 'Keeps x for later.'),
        define('keep_async', other, 'Keeps x at leisure.'),
        define('load', other, 'Loads x at once.'),
        ...['one', 'two', 'three', 'four'].map((name) => define(name)),
        ...['read_a', 'read_b', 'read_c', 'read_d'].map(read),
      ].join(''),
      'tests/test_kept.py': `from kept import keep, keep_async, load\n\n${tests('keep', 20)}${tests('keep_async', 12)}${tests('load', count)}`,
    })
  assert.match(await page(18), /^## Call tree of \[`load`\]/m)
  assert.doesNotMatch(await page(10), /Call tree of \[`load`\]|Call tree of \[`keep_async`\]/)
})

test('a root that only passes on its arguments gives way to what it calls, and no sentence stands twice in a row', async () => {
  const page = await overviewOf({
    'tests/test_kept.py': 'from kept import Box\n\ndef test_box():\n    assert Box().keep(1) == 7\n',
    'pyproject.toml': '[project]\nname = "kept"\n',
    'kept/__init__.py': [
      'class Box:\n    def keep(self, x):\n        """Keeps x in a box."""\n        return keep(x)\n\n',
      define('keep', ['keep_all(x)'], 'Keeps x for later.'),
      define('keep_all', ['one(x)', 'two(x)', 'three(x)', 'four(x)'], 'Keeps x for later.'),
      ...['one', 'two', 'three', 'four'].map((name) => define(name)),
    ].join(''),
  })
  assert.match(page, /^# Call tree of \[`keep`\]/)
  assert.match(page, /^- \[`keep_all`\]\([^)]+\) \(line \[\d+\]\([^)]+\)\)\n {2}- \[`one`\]/m)
})

test('a method that overrides one that works by itself is no root beside others', async () => {
  const at = (text: string): string => text.replace(/^(?=.)/gm, '    ').replace('(x, given', '(self, x, given')
  const steps = ['label', 'price', 'stamp', 'colour']
  const files = (base: string): Record<string, string> => ({
    'README.md': '# kept\n\n```python\nfrom kept import keep, Tin\nkeep(1)\nTin().store(2)\n```\n',
    'tests/test_kept.py': `from kept import Tin\n\n${Array.from({ length: 40 }, (_, n) => `def test_tin_${n}():\n    assert Tin().store(1) == 7\n`).join('')}`,
    'pyproject.toml': '[project]\nname = "kept"\n',
    'kept/__init__.py': [
      define(
        'keep',
        steps.map((step) => `${step}(x)`),
        'Goes through all there is.',
      ),
      ...steps.map((step) => define(step, ['tag(x)'], `Looks at the ${step} once.`)),
      define('tag', [], 'Ties a tag to it.'),
      `class Box:\n${at(define('store', ['one(x)'], 'Keeps x for later.'))}`,
      `class Tin(${base}):\n${at(define('store', ['one(x)', 'two(x)', 'three(x)', 'four(x)'], 'Keeps x in metal.'))}`,
      ...['one', 'two', 'three', 'four'].map((name) => define(name)),
    ].join(''),
  })
  assert.match(await overviewOf(files('object')), /^#+ Call tree of \[`Tin\.store`\]/m)
  const page = await overviewOf(files('Box'))
  assert.match(page, /^# Call tree of \[`keep`\]/)
  assert.doesNotMatch(page, /Call tree of \[`Tin/)
})

test('below a call that has a condition only calls without one are steps, and a class that the README makes is no root', async () => {
  const page = await overviewOf({
    'README.md': '# kept\n\n```python\nfrom kept import Box, keep\nBox(1)\nkeep(2)\n```\n',
    'pyproject.toml': '[project]\nname = "kept"\n',
    'kept/__init__.py': [
      'class Box:\n    """Holds what is sent."""\n    def __init__(self, x):\n        one(x)\n        two(x)\n        three(x)\n        five(x)\n\n',
      define('keep', ['if x: one(x)', 'two(x)', 'five(x)'], 'Holds what is kept.'),
      define('one', ['three(x)', 'if x > 4: four(x)']),
      ...['two', 'three', 'four', 'five'].map((name) => define(name)),
    ].join(''),
  })
  assert.match(
    page,
    /^# Call tree of \[`keep`\][^\n]*\n\nHolds what is kept\.\n\n- \[`one`\]\([^)]+\) \(if `x`\)[^\n]*\n {2}- \[`three`\]/m,
  )
  assert.doesNotMatch(page, /`four`/)
})

test('calls of parameters and of fields are steps, comments and literals are not', async () => {
  const page = await treeWith({
    main: ['one(x)', 'two(x)', 'four(x)', 'given(x)  # x(x)', 'y = "x(x)"'],
    one: ['for each in given:', '    if each:', '        x(each)', '    else:', '        x(each)'],
    two: [],
    four: [],
  })
  assert.match(page, /^- calls the given `given` \(line \[\d+\]/m)
  assert.match(page, /^ {2}- calls the given `x` \(in `for each in given`\) \(lines \[\d+\]/m)
  assert.equal(page.match(/calls the given/g)?.length, 2)
})

test('calls of parameters are left out where only checks lead to several, where they make values, and alone below a name', async () => {
  const rest = { one: [], two: [], four: [] }
  const told = ['one(x)', 'two(x)', 'four(x)']
  const none = [['if x.a: given(1)', 'if x.b: given(2)']]
  for (const calls of none)
    assert.doesNotMatch(await treeWith({ main: [...told, ...calls], ...rest }), /calls the given/)
  const main = (name: string): string =>
    define('main', [...told, `${name}(x)`]).replace('given=None', `${name}=None`) +
    told.map((call) => define(call.slice(0, -3))).join('')
  assert.match(await overviewOf({ 'src/one.py': main('send') }), /calls the given `send`/)
  assert.doesNotMatch(await overviewOf({ 'src/one.py': main('get_time') }), /calls the given/)
  const always = await treeWith({ main: [...told, 'if x.a: given(1)', 'given(2)'], ...rest })
  assert.match(always, /^- calls the given `given` \(line \[\d+\][^,]+\)$/m)
  const bare = await treeWith({ main: [...told, 'time(x)'], time: ['given(x)'], one: LONG, two: LONG, four: LONG })
  assert.deepEqual(stepsOf(bare), ['one', 'two', 'four'])
})

test('of several implementations the one that the code makes most is shown as an example', async () => {
  const pages = ['One', 'Two'].map(
    (name) => `class ${name}(Base):\n    def send(self, x):\n        """Sends ${name}."""\n        return three(x)\n\n`,
  )
  const page = await overviewOf({
    'src/one.py':
      `class Base:\n    def send(self, x):\n        """Carries the parcel."""\n        raise NotImplementedError()\n\n${pages.join('')}` +
      define('main', ['carry(One(), x)', 'two(x)', 'again(x)']) +
      'def carry(base: Base, x):\n    """Brings it home."""\n    x = x + 1\n    x = x + 2\n    base.send(x)\n    return x\n\n' +
      define(
        'again',
        [
          ...['carry(One(), x)', 'match x:', '    case 1:', '        four(x)', '    case 2:', '        five(x)'],
          ...['    case 3:', '        x = 1', '    case 4:', '        x = 2'],
        ],
        'Tries once more.',
      ) +
      ['two', 'three', 'four', 'five'].map((name) => define(name)).join(''),
  })
  assert.match(page, /\[`Base\.send`\]\([^)]+\) \(for example \[`One\.send`\]/)
})

test('operators are no steps, and test kits have no roots', async () => {
  const method = (name: string, doc: string): string =>
    `  /** ${doc} */\n  def ${name}(x: Int): Int = {\n    val a = x + 1\n    val b = a + 1\n    b + 1\n  }\n`
  const text = (folder: string): Record<string, string> => ({
    [`${folder}/Main.scala`]: `object Main {\n  def main(args: Array[String]): Unit = {\n    val it = new Parcel\n    it.pack(1)\n    it.send(2)\n    it.weigh(3)\n    it.~(4)\n  }\n}\nclass Parcel {\n${[
      ['pack', 'Puts paper around the goods.'],
      ['send', 'Brings it to the post.'],
      ['weigh', 'Looks at the scales.'],
      ['~', 'Ties two ropes to the goods.'],
    ]
      .map(([name = '', doc = '']) => method(name, doc))
      .join('')}}\n`,
  })
  const page = await overviewOf(text('src'))
  assert.deepEqual(stepsOf(page), ['Parcel.pack', 'Parcel.send', 'Parcel.weigh'])
  for (const folder of ['testkit', 'ParcelTesting', 'mock-parcel'])
    assert.doesNotMatch(await overviewOf(text(folder)), /Call tree of/)
})

test('a function of an internal package of Go is no root, one that other modules import is', async () => {
  const go = (name: string, body: string): string =>
    `package ${name}\n\n// Keep puts all things in their place.\nfunc Keep(x int) int {\n\tone(x)\n\ttwo(x)\n\tthree(x)\n\tfour(x)\n\treturn x\n}\n\n${body}`
  const steps = ['one', 'two', 'three', 'four']
    .map((name) => `// ${name} ${WORDS[name]?.toLowerCase()}\nfunc ${name}(x int) {\n${'\tx = x + 4\n'.repeat(20)}}\n`)
    .join('\n')
  const files = (folder: string): Record<string, string> => ({
    'go.mod': 'module example.org/kept\n',
    [`${folder}/box.go`]: go('box', steps),
    [`${folder}/box_test.go`]: 'package box\n\nimport "testing"\n\nfunc TestKeep(t *testing.T) {\n\tKeep(1)\n}\n',
    'kept.go': `package kept\n\nimport "example.org/kept/${folder}"\n\nfunc Fly() {\n\tbox.Keep(1)\n}\n`,
  })
  assert.match(await overviewOf(files('box')), /Call tree of \[`Keep`\]/)
  assert.doesNotMatch(await overviewOf(files('internal/box')), /Call tree of \[`Keep`\]/)
})

test('the call tree of a program begins at its main function, also if the crates beside it show how they are called', async () => {
  const steps = (names: readonly string[]): string =>
    names
      .map((name) => `/// ${WORDS[name]}\npub fn ${name}(mut x: u8) {\n${'    x = x + 4;\n'.repeat(20)}}\n`)
      .join('\n')
  const page = await overviewOf({
    'Cargo.toml':
      '[workspace]\nmembers = ["box"]\n[package]\nname = "kept"\nversion = "1.0.0"\n[dependencies]\nbox = { path = "box" }\n',
    'src/main.rs': `fn main() {\n    one(1);\n    two(2);\n    three(3);\n    four(4);\n}\n\n${steps(['one', 'two', 'three', 'four'])}`,
    'box/Cargo.toml': '[package]\nname = "box"\nversion = "1.0.0"\n',
    'box/src/lib.rs': `//! Keeps things.\n//!\n//! \`\`\`\n//! use box::keep;\n//!\n//! keep(1);\n//! \`\`\`\n\n/// Puts all things in their place.\npub fn keep(x: u8) {\n    one(x);\n    two(x);\n    three(x);\n    four(x);\n}\n\n${steps(['one', 'two', 'three', 'four'])}`,
  })
  assert.match(page, /Call tree of \[`main`\]/)
})
