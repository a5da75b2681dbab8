/** What entries say of uses, of repositories that are really analysed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analysedSample } from './real-sample.ts'
import { document } from './sample.ts'

/** The text of an entry: from its heading to the next one. */
async function entryOf(texts: Record<string, string>, name: string): Promise<string> {
  const { markdown, verification } = document(await analysedSample(texts))
  assert.deepEqual(verification.faults, [])
  const all = [...markdown.values()].join('\n').replace(/\]\([^)]*\)/g, ']')
  const at = all.search(new RegExp(`^#{2,4} \`${name.replace(/[.()[\]]/g, '\\$&')}\`$`, 'm'))
  assert.ok(at >= 0, `no entry ${name}: ${all.match(/^#+ .*$/gm)?.join()}`)
  return all.slice(at).split(/\n(?=#{2,4} `)/)[0] ?? ''
}

test('what only a helper of tests uses is not used in tests', async () => {
  const texts = {
    'app/clock.py': 'def now(zone: int) -> int:\n    """The time."""\n    return zone\n',
    'app/other.py':
      'from app.clock import now\n\ndef other() -> int:\n    """The hour in another zone."""\n    return now(1)\n',
    'tests/utils.py': 'from app.clock import now\n\ndef at():\n    return now(2)\n',
    'tests/test_other.py': 'from app.other import other\n\ndef test_other():\n    assert other() == 1\n',
  }
  const now = await entryOf(texts, 'now')
  assert.match(now, /<summary>Some uses<\/summary>\n\n- \[`other`\], \[app\/other\.py, line 5\]: `return now\(1\)`/)
  assert.doesNotMatch(now, /Some tests/)
  assert.match(
    await entryOf(texts, 'other'),
    /<summary>Some tests<\/summary>\n\n- \[`test_other`\], tests\/test_other\.py, lines 3 to 4\n/,
  )
})

test('the entry of a function lists what it calls, in order and with conditions, without reports', async () => {
  const body = (name: string): string => `def ${name}(x):\n    y = x + 1\n    z = y * 2\n    return z - x\n\n\n`
  const entry = await entryOf(
    {
      'app/burn.py': `${body('aim')}${body('fire')}${body('warn')}def burn(x: int) -> int:\n    """One burn."""\n    if x > 3:\n        warn(x)\n    aim(x)\n    for y in range(x):\n        fire(y)\n    return x\n`,
    },
    'burn',
  )
  assert.match(
    entry,
    /<summary>Some calls<\/summary>\n\n- \[`aim`\] \(line \[\d+\]\)\n- \[`fire`\] \(in `for y in range\(x\)`\) \(line \[\d+\]\)\n\n<\/details>/,
  )
})

test('the only call of an entry is neither its result nor one case of several', async () => {
  const body = '    y = x + 1\n    z = y * 2\n    return z - x\n\n\n'
  const texts = {
    'app/node.py': `class Node:\n    def __init__(self, x):\n        self.x = x\n        self.y = x\n\n    def go(self):\n        return 1\n\n\nclass Tree(Node):\n    pass\n\n\ndef aim(x):\n${body}def table(x: int) -> Node:\n    """One table."""\n    y = x\n    z = y\n    z = z + 1\n    return Node(z)\n\n\ndef grow(x: int) -> Node:\n    """One tree."""\n    y = x\n    z = y\n    z = z + 1\n    return Tree(z)\n\n\ndef match(x: int) -> int:\n    """One match."""\n    match x:\n        case 1:\n            return aim(x)\n        case _:\n            return 2\n`,
  }
  assert.doesNotMatch(await entryOf(texts, 'table'), /Some calls/)
  assert.match(await entryOf(texts, 'grow'), /Some calls<\/summary>\n\n- \[`Tree`\]/)
  assert.doesNotMatch(await entryOf(texts, 'match'), /Some calls/)
})

test('a call is listed whose name ends the name of its caller', async () => {
  const entry = await entryOf(
    {
      'app/feed.go':
        'package app\n\ntype Feed struct{ all bool }\n\nfunc (f *Feed) WithCounters() *Feed {\n\tf.all = true\n\treturn f\n}\n\n// FeedsWithCounters returns all of them.\nfunc FeedsWithCounters(f *Feed) *Feed {\n\tx := 1\n\ty := x\n\tx = y\n\treturn f.WithCounters()\n}\n',
    },
    'FeedsWithCounters',
  )
  assert.match(entry, /Some calls<\/summary>\n\n- \[`Feed.WithCounters`\]/)
})

test('conditions of calls: exits before a loop do not end it, and unknown conditions are not the same', async () => {
  const files = (body: string): Record<string, string> => ({
    'src/a.c': `int aim(int x)\n{\n  x++;\n  x--;\n  return x;\n}\nint fire(int x)\n{\n  x++;\n  x--;\n  return x;\n}\n\n/* Burns the rest. */\nint burn(int x)\n{\n${body}}\n`,
  })
  const loop = await entryOf(
    files(
      '  if (x > 3 && x < 7) return 1;\n  if (x > 9) return 2;\n  if (x > 8) return 3;\n  for (int i = 0; i < x; i++) {\n    x += aim(i);\n  }\n  return x;\n',
    ),
    'burn',
  )
  assert.match(
    loop,
    /Some calls<\/summary>\n\n- \[`aim`\] \(in `for \(int i = 0; i < x; i\+\+\)`, unless it returns early\)/,
  )
  const branches = await entryOf(
    files('#if HEAP\n  int y = fire(x);\n  if (y == 0) return 1;\n  return aim(y);\n#else\n  return aim(x);\n#endif\n'),
    'burn',
  )
  assert.match(branches, /- \[`aim`\] \(conditionally\) \(lines \[20\], \[22\]\)/)
})

test('a call in two loops is not conditional, and a function of a returned object is where its calls are', async () => {
  const entry = await entryOf(
    {
      'src/rules.ts':
        'export function aim(x: number) {\n  const y = x + 1\n  return y * 2\n}\n\nexport function fire(x: number) {\n  const y = x + 1\n  return y * 2\n}\n\n/** Makes the rules of a burn. */\nexport function rules(xs: number[], ys: number[]) {\n  for (const x of xs) aim(x)\n  for (const y of ys) aim(y)\n  return {\n    Burn(x: number) {\n      return fire(x)\n    },\n  }\n}\n',
    },
    'rules',
  )
  assert.match(
    entry,
    /- \[`aim`\] \(in `for \(const x of xs\)`\) \(line \[13\]\), \(in `for \(const y of ys\)`\) \(line \[14\]\)\n- \[`fire`\] \(in `Burn`\)/,
  )
})

test('a default export without a name has that of its file, and a line that is cut to the name of the function is only a place', async () => {
  const entry = await entryOf(
    {
      'src/plan.ts':
        '/** Plans a burn. */\nexport function plan(x: number, y: number, z: number) {\n  return x + y * z\n}\n',
      'src/burn.ts':
        "import { plan } from './plan.ts'\n\nexport default (x: number) => plan(x, 1, 2) + 1\n\nexport function cut(x: number) {\n  return plan(\n    x, // first\n    2,\n    3,\n  )\n}\n",
      'src/coast.ts': "import { plan } from './plan.ts'\n\nexport default (x: number) => plan(x, 1, 2) + 1\n",
    },
    'plan',
  )
  assert.match(entry, /## B\n\n- \[`burn.ts`\] function\n\n## C\n\n- \[`coast.ts`\] function\n- \[`cut`\] function/)
  assert.doesNotMatch(entry, /\[`default`|plan\(…\)/)
  assert.match(entry, /- \[src\/burn.ts, line 3\]: .*\n- \[`cut`\], \[src\/burn.ts, line 6\]\n- Also: \[`coast.ts`\]/)
})

test('a function that is called beside its definition has no condition', async () => {
  const entry = await entryOf(
    {
      'src/rules.ts':
        'export function aim(x: number) {\n  const y = x + 1\n  const z = y + 1\n  return y * z\n}\n\n/** Makes the rules of a burn. */\nexport function rules(xs: number[]) {\n  return later((x: number) => {\n    function go(y: number): number {\n      return aim(y)\n    }\n    return go(x)\n  }, xs)\n}\n\nfunction later(f: (x: number) => number, xs: number[]) {\n  const all = xs.map(f)\n  const one = all.length\n  return one + 1\n}\n',
    },
    'rules',
  )
  assert.match(entry, /- \[`aim`\] \(in a callback given to `later`\) \(line \[11\]\)/)
})

test('calls of an entry are not listed if they miss the call that decides it', async () => {
  const kept = (line: string, more = ''): Record<string, string> => ({
    'src/form.rs': `pub struct Parts { n: u32 }\n\nimpl Parts {\n    pub fn part(self, x: u32) -> Parts {\n        let y = x + 1;\n        Parts { n: y }\n    }\n}\n\npub struct Form { inner: Parts }\n\nimpl Form {\n    /// Adds a part.\n    pub fn part(self, x: u32) -> Form {\n        let y = x;\n        let z = y;\n        ${more}\n        self.with_inner(${line})\n    }\n\n    fn aims(&self, x: u32) -> u32 {\n        let y = x + 1;\n        y * 2\n    }\n\n    fn with_inner<F: FnOnce(Parts) -> Parts>(self, make: F) -> Form {\n        let inner = make(self.inner);\n        Form { inner }\n    }\n}\n`,
    'src/lib.rs': 'pub mod form;\n',
    'Cargo.toml': '[package]\nname = "form"\nversion = "1.0.0"\n',
  })
  assert.doesNotMatch(await entryOf(kept('|inner| inner.part(z)'), 'Form::part'), /Some calls/)
  assert.match(await entryOf(kept('|inner| Parts { n: z }'), 'Form::part'), /Some calls[^-]*- \[`Form::with_inner`\]/)
  const rule = (check: string): Record<string, string> => ({
    'src/rule.ts': `/** Checks the type of a node. */\nexport function rule(node: { type: string }): string[] {\n  const found: string[] = []\n  const type = typeOf(node)\n  if (${check}) {\n    found.push(type)\n  }\n  return found\n}\n\nfunction typeOf(node: { type: string }): string {\n  const all = node.type.split('.')\n  const last = all.pop()\n  return last ?? ''\n}\n\nfunction isInput(type: string): boolean {\n  const all = ['a', 'b']\n  const has = all.includes(type)\n  return has\n}\n\nexport const inputs = ['a', 'c'].filter(isInput)\n`,
  })
  assert.doesNotMatch(await entryOf(rule('!isInput(type)'), 'rule'), /Some calls/)
  assert.match(await entryOf(rule("type !== 'a'"), 'rule'), /Some calls[^-]*- \[`typeOf`\]/)
})

test('an assertion lists the assertions and the types that it calls', async () => {
  const body = '    y = x + 1\n    z = y * 2\n    return z - x\n\n\n'
  const entry = await entryOf(
    {
      'app/check.py': `class IsEqual:\n    def __init__(self, x):\n        self.x = x\n\n    def go(self):\n        return 1\n\n\ndef assert_that(x, y):\n${body}def assert_equal(x: int) -> int:\n    """Fails unless they are equal."""\n    y = x\n    z = y\n    assert_that(z, IsEqual(x))\n    return x\n`,
    },
    'assert_equal',
  )
  assert.match(entry, /<summary>Some calls<\/summary>\n\n- \[`IsEqual`\] [^\n]+\n- \[`assert_that`\]/)
})

test('calls of an entry name no class besides its method on the same line, and no utilities alone', async () => {
  const loads = (more: string): Record<string, string> => ({
    'app/load.py': `class Loader:\n    def __init__(self, x):\n        self.x = x\n        self.y = x\n\n    def load(self, y):\n        z = y + 1\n        z = z * 2\n        return z\n\n\ndef check(x):\n    y = x + 1\n    z = y * 2\n    return z - x\n\n\ndef burn(x: int) -> int:\n    """One burn."""\n${more}    y = check(x)\n    z = y + 1\n    y = z\n    return z\n`,
    ...Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [
        `app/${name}.py`,
        `from app.load import check\n\ndef ${name}():\n    return check(1)\n`,
      ]),
    ),
  })
  assert.match(
    await entryOf(loads('    w = Loader(x).load(x)\n'), 'burn'),
    /Some calls<\/summary>\n\n- \[`Loader.load`\] [^\n]+\n- \[`check`\]/,
  )
  assert.match(
    await entryOf(loads('    v = Loader(x)\n    w = v.load(x)\n'), 'burn'),
    /Some calls<\/summary>\n\n- \[`Loader(?:.__init__)?`\]/,
  )
  assert.doesNotMatch(await entryOf(loads(''), 'burn'), /Some calls/)
})

test('calls of an entry of nothing but getters are not listed', async () => {
  const counts = (line: string): Record<string, string> => ({
    'src/Clock.java': `package a;\n/** Tells the time. */\npublic class Clock {\n  private long now;\n  long nowOf() {\n    return now;\n  }\n  long reads(long x) {\n    long y = x + 1;\n    return y * 2;\n  }\n  /** Answers whether it is late. */\n  public boolean late(long limit) {\n    long a = nowOf();\n    long b = a + limit;\n    ${line}\n    return b > 3;\n  }\n}\n`,
  })
  assert.doesNotMatch(await entryOf(counts('long c = b;'), 'Clock.late'), /Some calls/)
  assert.match(await entryOf(counts('long c = reads(b);'), 'Clock.late'), /Some calls[^-]*- \[`Clock.nowOf`\]/)
})

test('a class that is passed by its name is no callback', async () => {
  const text =
    "import { hoist } from 'hoist'\n\n/** Doubles a number. */\nexport function aim(x: number) {\n  const y = x + 1\n  return y * 2\n}\n\n/** Keeps the number of a rocket. */\nexport function wrap(x: number) {\n  class Kept {\n    render() {\n      return aim(x)\n    }\n  }\n  const y = x\n  return hoist(Kept, y)\n}\n"
  assert.doesNotMatch(await entryOf({ 'src/wrap.ts': text }, 'wrap'), /callback given/)
  const called = text.replace('hoist(Kept, y)', 'hoist(Kept, aim(y))')
  assert.match(await entryOf({ 'src/wrap.ts': called }, 'wrap'), /Some calls[^-]*- \[`aim`\]/)
})

test('a deferred call of Go is said to be deferred, in the function that receives the callback', async () => {
  const text =
    'package a\n\nimport "net/http"\n\nfunc aim(x int) int {\n\ty := x\n\tz := y\n\treturn z\n}\n\n// Start answers each request with a plan.\nfunc Start(x int) http.Handler {\n\tfn := func(w http.ResponseWriter, r *http.Request) {\n\t\tdefer func() {\n\t\t\taim(x)\n\t\t}()\n\t}\n\n\treturn http.HandlerFunc(fn)\n}\n'
  assert.match(
    await entryOf({ 'a/a.go': text }, 'Start'),
    /- \[`aim`\] \(deferred, in a callback given to `http\.HandlerFunc`\) \(line/,
  )
})

test('where its own file has most uses they are shown too, those in methods of public types first', async () => {
  const texts = {
    'pyproject.toml': '[project]\nname = "app"\nversion = "1"\n',
    'app/__init__.py': 'from .plan import Plan, settle\n\n__all__ = ["Plan", "settle"]\n',
    'app/plan.py':
      'def settle(name: str) -> str:\n    """Pays what is owed."""\n    return name\n\n\nclass Plan:\n    """Where it goes."""\n\n' +
      ['burn', 'coast', 'land', 'turn']
        .map((name) => `    def ${name}(self):\n        """Goes on."""\n        return settle("${name}")\n\n`)
        .join(''),
    'app/_odd.py': 'from .plan import settle\n\n\nclass Odd:\n    def go(self):\n        return settle("odd")\n',
  }
  assert.match(
    await entryOf(texts, 'settle'),
    /Some uses \(at least 5 lines in 2 files, without tests\)<\/summary>\n\n- \[`Plan.burn`\].*\n- \[`Plan.coast`\].*\n- \[`Plan.land`\].*\n- Also: \[`Plan.turn`\], \[`Odd.go`\]\n/,
  )
})

test('a test of Kotlin whose name is a sentence keeps its spaces', async () => {
  const texts = {
    'src/Plan.kt':
      'package orbit\n\n/** The fuel that a flight needs at most, in kilograms. */\nfun planBurns(count: Int): Int {\n  return count + 1\n}\n',
    'src/Flight.kt': 'package orbit\n\n/** Flies with all burns. */\nfun fly(): Int {\n  return planBurns(2)\n}\n',
    'test/PlanTest.kt':
      'package orbit\n\nclass PlanTest {\n  @Test\n  fun `planBurns of none`() {\n    check(planBurns(0) == 0)\n  }\n\n  @Test\n  fun `planBurns of one`() {\n    check(planBurns(1) == 1)\n  }\n}\n',
  }
  assert.match(await entryOf(texts, 'planBurns'), /Some tests<\/summary>\n\n- \[?`planBurns of none`/)
})

test('of Ruby also those on variables that are set in several places, and by the name alone', async () => {
  const texts = {
    'lib/clock.rb': 'class Clock\n  # Ends it.\n  def halt\n    1\n  end\nend\n',
    'lib/tower.rb':
      "require_relative 'clock'\n\nclass Tower\n  def initialize(given)\n    @one = nil\n    @one = given\n    @two = nil\n    @two = built\n  end\n\n  def built\n    made = nil\n    hold { made = Clock.new }\n    made\n  end\n\n  def begin\n    @one.halt\n  end\n\n  def finish(all)\n    ended = @two.halt + 1\n    all.each(&:halt)\n  end\nend\n",
  }
  const entry = await entryOf(texts, 'Clock#halt')
  assert.match(entry, /<summary>Some uses<\/summary>/)
  assert.match(entry, /`Tower#finish`\], \[lib\/tower\.rb, line 22\]: `ended = @two\.halt \+ 1`$/m)
})

test('a type of tests that only inherits is no use in tests', async () => {
  const texts = {
    'src/Names.java':
      'package a;\n\n/** Converts names. */\npublic interface Names {\n  default String of(String a) { return a; }\n}\n',
    'test/NamesTest.java':
      'package a;\n\nclass NamesTest {\n  @Test void names() {\n    Names given = new Names() {};\n    given.of("a");\n  }\n}\n',
    'src/Store.java': 'package a;\n\n/** Keeps names. */\npublic interface Store {\n  void keep(String a);\n}\n',
    'test/OtherTest.java':
      'package a;\n\nclass OtherTest implements Names, Store {\n  @Test void other() {}\n  public void keep(String a) {}\n}\n',
  }
  const entry = await entryOf(texts, 'Names')
  assert.match(entry, /^- \[`NamesTest`\], test\/NamesTest\.java, lines 3 to 8/m)
  assert.doesNotMatch(await entryOf(texts, 'Store'), /Some tests/)
})

test('a class of Ruby that is opened in several files is one: its uses and its places are told together', async () => {
  const texts = {
    'lib/pool.rb':
      "require_relative 'pool/version'\n\n# Keeps things.\nclass Pool\n  def take\n    found = Stack.new.top + 1\n  end\nend\n",
    'lib/pool/version.rb': "class Pool\n  VERSION = '1'\nend\n",
    'lib/pool/stack.rb': '# Last in, first out.\nclass Pool::Stack\n  # The last one.\n  def top\n    1\n  end\nend\n',
    'lib/use.rb': "require_relative 'pool'\n\ndef use\n  pool = Pool.new(1)\n  Pool::VERSION\nend\n",
  }
  const entry = await entryOf(texts, 'Pool')
  assert.match(entry, /^Class in \[pool\.rb, lines 4 to 8\]$/m)
  // What another file adds without a comment is a name in the line of them; a type within it is none of its members.
  assert.match(entry, /^More members: \[`VERSION`\]$/m)
  assert.doesNotMatch(entry, /^\| |\[`Stack`\]|\[`Pool::Stack`\]/m)
  assert.match(entry, /`pool = Pool\.new\(1\)`/)
  assert.doesNotMatch(entry, /class Pool::Stack/)
  assert.match(await entryOf(texts, 'Pool::Stack#top'), /`found = Stack\.new\.top \+ 1`/)
})

test('modules and functions of Rust that are compiled for tests alone are tests', async () => {
  const texts = {
    'src/lib.rs': `/// Adds one.
pub fn add(n: u8) -> u8 {
    n + 1
}

/// Twice.
pub fn twice(n: u8) -> u8 {
    add(add(n))
}

#[test]
#[ignore]
fn alone() {
    add(1);
}

// All of them.
#[cfg(all(test, feature = "std"))]
mod tests {
    use super::*;
    #[test]
    fn test_add() {
        assert_eq!(add(1), 2);
        let more = add(2);
    }
}

#[cfg(not(test))]
mod real {
    pub fn run() -> u8 {
        crate::add(4)
    }
}
`,
  }
  const entry = await entryOf(texts, 'add')
  // What only its own file uses is not told.
  assert.match(entry, /\*\*Example\*\* from [^\n]*src\/lib\.rs, lines 22 to 25/)
})

test('a type that is only named in declarations has no usage', async () => {
  const texts = {
    'src/storage.ts':
      '/** Keeps bytes between two runs. */\nexport interface Storage {\n  last?: string\n  size: number\n}\nlet storage: Storage | undefined\nexport function load(): Storage | undefined {\n  return storage\n}\n',
    'src/use.ts': "import { load } from './storage.ts'\nexport const use = () => load()?.last\n",
  }
  const entry = await entryOf(texts, 'Storage')
  assert.doesNotMatch(entry, /[Uu]sed in|ome uses/)
  assert.match(entry, /^Members: \[`last`\]\? `string`, \[`size`\] `number`$/m)
})

test('what only takes over a doc comment uses nothing', async () => {
  const texts = {
    'app/factory.py':
      'class Factory:\n    """Makes."""\n\n    def now(self) -> int:\n        """The time of the zone."""\n        return 1\n',
    'app/api.py':
      'from app.factory import Factory\n\n_factory = Factory()\n\n\ndef now() -> int:\n    return _factory.now()\n\n\nnow.__doc__ = _factory.now.__doc__\n',
    'app/use.py':
      'from app.factory import Factory\n\n\ndef later() -> int:\n    hour = Factory().now() + 1\n    return hour\n',
  }
  const factory = await entryOf(texts, 'Factory.now')
  assert.match(factory, /`hour = Factory\(\)\.now\(\) \+ 1`$/m)
  assert.doesNotMatch(factory, /__doc__/)
})

test('a method without a comment leads to that of the one that it overrides, however far above, if it may do the same', async () => {
  const texts = {
    'src/shapes.ts':
      'export class Shape {\n  /** How much it covers. */\n  area(): number { return 0 }\n}\nexport class Box extends Shape {\n  area(): number { return 1 }\n}\n/** As wide as it is high. */\nexport class Cube extends Box {\n  area(): number { return side() * 6 }\n}\n/** Without corners. */\nexport class Dot extends Box {\n  area(): number { return 2 }\n}\nfunction side(): number { return 2 }\n',
  }
  assert.match(await entryOf(texts, 'Cube'), /^- \[`area\(\): number`\] \(overrides \[`Shape\.area`\]\)/m)
  // A short body that uses nothing may only throw.
  const dot = await entryOf(texts, 'Dot')
  assert.match(dot, /^- \[`area\(\): number`\]$/m)
  assert.doesNotMatch(dot, /\((?:from|overrides) /)
})

test('of a configuration object the values and the type are told; a value that does is code', async () => {
  const texts = {
    'src/config.js':
      "/** Answers at once.\n * @type {import('./types').Config}\n */\nexport const fast = {\n  id: 'fast',\n  run: name => [name],\n}\n/** Waits before it answers. */\nexport const slow = {\n  run(name) {\n    return name\n  },\n}\n",
  }
  const fast = await entryOf(texts, 'fast')
  assert.match(fast, /\*\*Type\*\* `Config`/)
  assert.match(fast, /id: 'fast',\n {2}run: name => \[name\],/)
  assert.doesNotMatch(await entryOf(texts, 'slow'), /Value/)
})

test('what is chosen by a build tag of Go is that which is built by default, also by tags of the old form', async () => {
  const encoder = (tag: string, name: string): string =>
    `// +build ${tag}\n\npackage log\n\ntype ${name} struct{}\n\n// Append adds.\nfunc (e ${name}) Append(key string) {}\n\nvar enc = ${name}{}\n`
  const texts = {
    'go.mod': 'module example.org/log\n',
    'a_binary.go': encoder('binary', 'Binary'),
    'b_text.go': encoder('!binary,linux darwin,!binary', 'Text'),
    'log.go': 'package log\n\n// Write writes.\nfunc Write() {\n\tenc.Append("the name of what is logged")\n}\n',
  }
  assert.match(await entryOf(texts, 'Text.Append'), /: `enc\.Append\("the name of what is logged"\)`$/m)
  assert.doesNotMatch(await entryOf(texts, 'Binary.Append'), /ome uses/)
})

test('a call that may mean several overloads is a use of none of them, and leaves the others without a number', async () => {
  const texts = {
    'src/Log.kt':
      'package log\n\nclass Log {\n    /** Keeps it for later. */\n    fun add(text: String) {}\n    /** Keeps all of them for later. */\n    fun add(texts: List<String>) {}\n}\n\nfun use(log: Log) {\n    log.add(elsewhere())\n}\n',
    'src/Use.kt': 'package log\n\nfun list(log: Log, all: Array<String>) {\n    val more = log.add(all.asList())\n}\n',
  }
  const text = (await entryOf(texts, 'Log.add(String)')).replaceAll('\\', '')
  assert.doesNotMatch(text, /of this or another overload/)
  assert.doesNotMatch(text, /elsewhere/)
  const list = (await entryOf(texts, 'Log.add(List<String>)')).replaceAll('\\', '')
  assert.match(list, /<summary>Some uses<\/summary>/)
})

test('what may change is a variable', async () => {
  const texts = {
    'go.mod': 'module example.org/a\n',
    'a.go':
      'package a\n\n// Style colours what is printed.\nvar Style = make()\n\n// Most is the limit on rows.\nconst Most = 3\n\nfunc make() int { return 1 }\n',
    'b.js': '/** How often it ran. */\nexport let count = 0\n/** How many rows fit. */\nexport const most = 3\n',
  }
  for (const name of ['Style', 'count']) assert.match(await entryOf(texts, name), /^Variable in /m)
  for (const name of ['Most', 'most']) assert.match(await entryOf(texts, name), /^Constant in /m)
})

test('what a declaration file says of JavaScript is one thing with the code', async () => {
  const texts = {
    'lib/command.js':
      'class Command {\n  /** Runs what was asked for. */\n  run() {}\n}\nclass Other {\n  stop() {}\n}\nmodule.exports = { Command, Other }\n',
    'typings/index.d.ts':
      '/** A command. */\nexport class Command {\n  /** Runs what was asked for. */\n  run(): void\n}\n',
    'lib/use.js': "const { Command } = require('./command.js')\nfunction use() {\n  new Command().run()\n}\n",
    'typings/use.ts': "import { Command } from './index'\nexport const use = (given: Command) => given.run()\n",
  }
  assert.match(await entryOf(texts, 'Command.run'), /also declared in /)
})

test('what only takes the place of a method in tests does not use it', async () => {
  const texts = {
    'src/main/java/orbit/Stream.java':
      'package orbit;\n\n/** Streams. */\npublic interface Stream {\n  /** Opens the valve. */\n  void start();\n}\n',
    'src/main/java/orbit/Pump.java':
      'package orbit;\n\n/** Pumps. */\npublic class Pump {\n  /** Runs. */\n  public void run(Stream stream) {\n    stream.start();\n  }\n}\n',
    'src/test/java/orbit/FakeStream.java':
      'package orbit;\n\npublic class FakeStream implements Stream {\n  @Override\n  public void start() {}\n}\n',
  }
  const entry = await entryOf(texts, 'Stream.start')
  assert.doesNotMatch(entry, /Some tests/)
})

test('the parameter of a setter is no use of the reader, and types in comments are no words', async () => {
  const texts = {
    'lib/clock.rb':
      '# Tells time.\nclass Clock\n  # Where it stands on earth.\n  #\n  #: () -> String\n  def zone\n    @zone\n  end\n\n  # Sets it.\n  def zone=(zone)\n    @zone = zone.to_s\n  end\n\n  #: (String) -> bool\n  def plain\n    zone\n  end\nend\n',
  }
  assert.doesNotMatch(await entryOf(texts, 'Clock#zone'), /zone\.to_s/)
  assert.doesNotMatch(await entryOf(texts, 'Clock'), /-> (?:String|bool)/)
})

test('a call on self of what only classes below have may be a use', async () => {
  const texts = {
    'orbit/base.py':
      'from collections.abc import MutableMapping\n\nclass Base(MutableMapping):\n    """Base."""\n\n    def show(self):\n        self.expire(1)\n\n\nclass Timed(Base):\n    """Timed."""\n\n    def expire(self, time):\n        """Removes what is old."""\n',
    'orbit/more.py':
      'from orbit.base import Timed\n\n\nclass More(Timed):\n    def pop(self):\n        return self.expire(2)\n',
  }
  assert.match(await entryOf(texts, 'Timed.expire'), /(?:Used in|Some uses)/)
})

test('a member of C++ that is defined outside of its class is one, as its class declares it, and so is what each branch defines', async () => {
  const texts = {
    'include/pool.hpp':
      '#pragma once\n/** Keeps things. */\nclass Pool {\n public:\n  /** Makes room for more. */\n  void grow(int size = 1);\n  void grow(long size) const;\n private:\n  void help();\n};\n\ninline void Pool::grow(int size) { help(); }\ninline void Pool::grow(long) const {}\n\n#ifdef WIDE\n/** Whether a number means yes. */\ninline bool is_true(int text) { return text == 1; }\n#else\ninline bool is_true(int text) { return text == 2; }\n#endif\n',
    'src/pool.cpp':
      '#include "pool.hpp"\n\nvoid Pool::help() { is_true(1); }\n\nvoid all(Pool& pool) { pool.grow(2); }\n',
  }
  const { markdown } = document(await analysedSample(texts))
  const all = [...markdown.values()].join('\n').replace(/\]\([^)]*\)/g, ']')
  assert.equal(all.match(/^#+ `(?:Pool\.)?is_true/gm)?.length, 1)
  assert.equal(all.match(/^#+ `Pool::grow\(int\)`/gm)?.length, 1)
  assert.match(all, /Method in \[include\/pool\.hpp, line 12\][^\n]*also declared in \[include\/pool\.hpp, line 6\]/)
  assert.match(await entryOf(texts, 'is_true'), /also defined in \[include\/pool\.hpp, line 19\]/)
  assert.doesNotMatch(all, /^#+ `Pool::help`/m)
})

test('a function in a namespace of C++ has no calls on receivers', async () => {
  const texts = {
    'orbit.hpp': '#pragma once\nnamespace orbit {\n/** Makes one. */\ninline int value() { return 1; }\n}\n',
    'twice.hpp':
      '#pragma once\n#include "orbit.hpp"\nnamespace orbit {\ninline int twice(auto box) { return box.value() + value(); }\n}\n',
  }
  const entry = await entryOf(texts, 'orbit::value')
  assert.match(entry, /`orbit::twice`\], \[twice\.hpp, line 4\]/)
  assert.doesNotMatch(entry, /receivers/)
})

test('what is not to be used any more is not told of those that use something', async () => {
  const texts = {
    'src/Writer.php': '<?php\nclass Writer {\n  /** Counts up. */\n  public function add(int $one): void {}\n}\n',
    'src/A.php':
      '<?php\n/** @deprecated use B */\nclass A {\n  public static function to(Writer $writer): void { $writer->add(1); }\n}\n',
    'src/B.php': '<?php\nclass B {\n  public static function to(Writer $writer): void { $sum = $writer->add(2); }\n}\n',
  }
  const entry = await entryOf(texts, 'Writer::add')
  assert.match(entry, /`B::to`.*`\$sum = \$writer->add\(2\);`/)
  assert.doesNotMatch(entry, /add\(1\)/)
})

test('what only its own file uses has no section on uses', async () => {
  const texts = {
    'src/all.ts':
      'interface Shape { a(): number }\n/** How many come before the rest. */\nexport function first(): number { return 1 }\n/** How many come behind them. */\nexport function other(): number { return 2 }\nconst all = {\n  a: first,\n} as Shape\nexport default all\nexport { other as another }\n',
    'lib/given.js':
      '/** Lists what callers passed. */\nfunction given() {}\n/** Writes a row to the table. */\nfunction put() {}\nconst table = { put }\nmodule.exports = {\n  given,\n  put,\n  table,\n}\n',
  }
  for (const name of ['first', 'other', 'put', 'given'])
    assert.doesNotMatch(await entryOf(texts, name), /[Uu]sed in|ome uses/)
})

test('a function of Go that each platform defines is one entry, with the platforms that files are named after', async () => {
  const texts = {
    'go.mod': 'module example.com/term\n',
    'open_linux.go':
      '// Package term opens terminals.\npackage term\n\n// Open opens one.\nfunc Open() int { return 1 }\n',
    'open_other.go':
      '//go:build !linux && !windows\n\npackage term\n\n// Open opens another.\nfunc Open() int { return 2 }\n',
    'open_windows.go': 'package term\n\n// Open opens a window.\nfunc Open() int { return 3 }\n',
  }
  const entry = await entryOf(texts, 'Open')
  assert.match(
    entry,
    /^Function in \[open_linux\.go, line 5\] \(`linux`\) · also defined in \[open_other\.go, line 6\] · also defined in \[open_windows\.go, line 4\] \(`windows`\)/m,
  )
})

test('what is replaced, only looked at by a test, or defined further is not used there; `instanceof` is a use', async () => {
  const texts = {
    'src/store.js': `module.exports = Store
/** Keeps things. */
function Store() {}
define(Store.prototype, 'clear', function clear() {})
/** Keeps it longer. */
Store.prototype.touch = function touch() {}
function define(one, name, value) { one[name] = value }
`,
    'src/index.js': `var Store = require('./store')
/** Opens one. */
exports.open = function open(given) {
  var store = given || new Store(1)
  if (store instanceof Store) console.log('in memory')
  return store
}
`,
    'test/store.test.js': `var Store = require('../src/store')
it('is there', function () {
  assert.strictEqual(typeof Store, 'function')
})
it('is replaced', function () {
  var store = new Store()
  store.touch = function () {}
})
`,
  }
  const store = await entryOf(texts, 'Store')
  assert.match(store, /`var store = given \|\| new Store\(1\)`/)
  assert.doesNotMatch(store, /typeof|prototype/)
  const touch = (await entryOf(texts, 'Store.touch')).slice(4).split('\n#')[0] ?? ''
  assert.doesNotMatch(touch, /ome uses|Some tests/)
})

test('variables without a value, manifests and benchmarks use nothing', async () => {
  const go = {
    'go.mod': 'module example.org/a\n',
    'a.go':
      'package a\n\n// Plan says where a ship goes.\ntype Plan struct{}\n\nfunc copyAll(all []Plan) int {\n\troom := make([]Plan, 0, len(all))\n\treturn len(room)\n}\n',
    'a_bench_test.go': 'package a\n\nimport "testing"\n\nfunc BenchmarkPlan(b *testing.B) {\n\t_ = Plan{}\n}\n',
  }
  const entry = await entryOf(go, 'Plan')
  assert.doesNotMatch(entry, /Some tests/)
  const both = {
    ...go,
    'a.go': go['a.go'].replace('func copyAll', '// CopyAll counts all.\nfunc CopyAll'),
    'a_test.go':
      'package a\n\nimport "testing"\n\nfunc TestCopyAll(t *testing.T) {\n\tn := CopyAll([]Plan{{1}})\n\tif n == 0 {\n\t\tt.Fatal(n)\n\t}\n}\n\nfunc BenchmarkCopy(b *testing.B) {\n\tCopyAll(nil)\n}\n',
  }
  assert.match(await entryOf(both, 'CopyAll'), /^- \[`TestCopyAll`\], a_test\.go, lines 5 to 10$/m)
  const ruby = {
    'lib/orbit.rb': '# Plans.\nmodule Orbit\n  # Which one.\n  VERSION = "1"\nend\n',
    'orbit.gemspec':
      "require_relative 'lib/orbit'\nGem::Specification.new do |s|\n  s.name = 'orbit'\n  s.version = Orbit::VERSION\nend\n",
  }
  assert.doesNotMatch(await entryOf(ruby, 'Orbit'), /ome uses/)
})

test('setting a property of Python is a use of it', async () => {
  const python = {
    'app/lock.py':
      'class Lock:\n    @property\n    def timeout(self) -> float:\n        "How long it waits, in seconds."\n        return 1\n\n    @timeout.setter\n    def timeout(self, value: float) -> None:\n        pass\n',
    'tests/test_lock.py':
      'from app.lock import Lock\n\n\ndef test_timeout():\n    lock = Lock()\n    lock.timeout = 0\n    assert lock.timeout == 0\n',
  }
  const entry = await entryOf(python, 'Lock.timeout')
  assert.match(entry, /^- \[`test_timeout`\], tests\/test_lock\.py, lines 4 to 7$/m)
})

test('what its own file adds to a value is no use, nor does a type use itself; what a user does stands before its signature', async () => {
  const script = {
    'src/styles.js': "/** All styles. */\nlet css = 'a {}'\ncss += 'b {}'\ncss += 'c {}'\nexports.css = css\n",
    'src/show.js': "const { css } = require('./styles')\nmodule.exports = () => `<style>${css}</style>`\n",
  }
  assert.match(await entryOf(script, 'css'), /Some uses<\/summary>\n\n- .*src\/show\.js, line 2\]/)
  const rust = {
    'src/lib.rs':
      '/// Keeps some.\npub struct Filter {\n    rest: Option<Box<Filter>>,\n}\n\nimpl Filter {\n    /// None.\n    pub fn none(many: u8) -> Filter {\n        Filter { rest: None }\n    }\n}\n\npub mod build;\n',
    'src/build.rs':
      'use crate::Filter;\n\n/// Makes one.\npub fn build(\n    last: Filter,\n) -> u8 {\n    let made = Filter::none(3);\n    1\n}\n',
  }
  const entry = await entryOf(rust, 'Filter')
  assert.doesNotMatch(entry, /ome uses/)
})

test('lines that call it are told before those that pass it on, and tests that are named after it', async () => {
  const head = 'from app.check import check, check_all\n\n\n'
  const python = {
    'app/check.py':
      'def check(value, kind=int):\n    """Checks one."""\n    return value\n\n\ndef check_all(values):\n    """Checks all."""\n    return values\n',
    'app/all.py': `${head}def every(values):\n    found = map(check, values)\n    return list(found)\n`,
    'app/more.py': `${head}def more(values):\n    if values:\n        return check(values[1])\n`,
    'app/less.py': `${head}def less(values):\n    return check(values[0])\n`,
    'tests/test_check.py': `${head}def test_check_all():\n    assert check_all(check(4)) == 4\n\n\ndef test_it():\n    assert check(1, int) == 1\n\n\ndef test_check_kind():\n    assert check(2, float) == 2\n`,
    'app/other.py': 'def other():\n    return 3\n',
    'tests/test_other.py': `from app.other import other\n${head}def test_check_other():\n    assert check(other()) == 3\n`,
  }
  const entry = await entryOf(python, 'check')
  assert.deepEqual(entry.match(/^- .*: `.*$/gm), [
    '- [`less`], [app/less.py, line 5]: `return check(values[0])`',
    '- [`more`], [app/more.py, line 6]: `return check(values[1])`',
    '- [`every`], [app/all.py, line 5]: `found = map(check, values)`',
  ])
  // Further words mean another thing.
  assert.doesNotMatch(entry, /test_check_kind/)
  assert.doesNotMatch(entry, /test_check_all|test_it|test_check_other/)
})

test('a test of something else shows no use, and another name of what its file exports is no use', async () => {
  const python = {
    'app/check.py': 'def checked(of=None):\n    """Checks calls."""\n    return of\n',
    'tests/test_use.py':
      'from app.check import checked\n\n\ndef test_it():\n    @checked()\n    def first():\n        pass\n\n    @checked\n    def second():\n        pass\n\n    @checked\n    def third():\n        pass\n',
  }
  assert.doesNotMatch(await entryOf(python, 'checked'), /ome uses|@checked/)
  const script = {
    'package.json': '{"name": "orbit", "main": "orbit.js"}',
    'orbit.js':
      "let handler = null\n\n/** Handles requests. */\nmodule.exports = function createHandler (options) { return options }\n\nhandler = module.exports\nhandler.version = '1'\n",
    'use.js':
      "const create = require('./orbit')\n\nfunction start () { return create({}) }\n\nmodule.exports = { start }\n",
  }
  const entry = await entryOf(script, 'createHandler')
  assert.match(entry, /use\.js/)
  assert.doesNotMatch(entry, /`handler = module\.exports`/)
})

test('what Ruby adds or refines under a condition is told with it, what it mixes in only where a definition has the condition', async () => {
  const texts = {
    'lib/orbit.rb': `module Orbit
  # Colours text.
  module Colours
    def red
      self
    end
  end
end

if ENV['ORBIT']
  class String
    include Orbit::Colours

    # Prints in red letters.
    def glow
      red
    end
  end
end

# Holds more than one colour.
class Array
  include Orbit::Colours if RUBY_VERSION < '4'
end

# Keeps a colour for a name.
class Hash
  include Orbit::Colours
  include Orbit::Colours if RUBY_VERSION < '4'
end

module Refined
  refine Integer do
    # Goes far.
    def deep
      1
    end
  end
end
`,
    'lib/text.rb': `# Lines between two margins.
class Text
  # How many letters it has.
  def size
    1
  end

  def other
    2
  end

  def more
    3
  end
end

if defined?(Orbit)
  class Text
    include Orbit::Colours

    # Prints in capitals.
    def shout
      1
    end
  end
end
`,
  }
  assert.match(await entryOf(texts, 'Orbit::Colours'), /mixed into for example \[`Hash`\]$/m)
  assert.match(
    await entryOf(texts, 'String'),
    /# if ENV\['ORBIT'\]\nclass String[\s\S]*mixes in \[`Orbit::Colours`\]$/m,
  )
  assert.match(await entryOf(texts, 'Hash'), /mixes in \[`Orbit::Colours`\]$/m)
  assert.doesNotMatch(await entryOf(texts, 'Array'), /mixes in/)
  assert.match(await entryOf(texts, 'Text'), /mixes in \[`Orbit::Colours`\] \(`if defined\?\(Orbit\)`\)/)
  assert.match(await entryOf(texts, 'Text#shout'), /# if defined\?\(Orbit\)\ndef shout/)
  assert.doesNotMatch(await entryOf(texts, 'Text#size'), /# if/)
  assert.match(await entryOf(texts, 'Refined#deep'), /# refine Integer\ndef deep/)
})

test('a module of Ruby is called so, and does not say how many files open it', async () => {
  const texts = {
    'lib/orbit.rb':
      "require_relative 'orbit/version'\n\n# Plans flights.\nmodule Orbit\n  # Plans one.\n  def self.plan\n  end\nend\n",
    'lib/orbit/version.rb': "module Orbit\n  VERSION = '1'\nend\n",
  }
  const entry = await entryOf(texts, 'Orbit')
  assert.match(entry, /^Module in \[orbit\.rb/m)
})

test('an impl of Rust defines its type further, and a line that does not compile uses nothing', async () => {
  const rust = {
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "0.1.0"\n',
    'src/lib.rs': 'pub mod more;\n\n/// Where a ship goes.\n#[derive(Clone, Debug)]\npub struct Plan;\n',
    'src/more.rs': 'use crate::Plan;\n\nimpl Plan {\n    /// Runs.\n    pub fn run(&self) {}\n}\n',
  }
  assert.doesNotMatch(await entryOf(rust, 'Plan'), /[Uu]sed in|ome uses|implements/)
  const script = {
    'package.json': '{"name":"orbit","version":"1.0.0"}',
    'src/plan.ts': '/** Where a ship goes. */\nexport const plan = (days: number) => days\n',
    'test/plan.test.ts':
      "import { plan } from '../src/plan.ts'\n\ntest('it', () => {\n  // @ts-expect-error: no number\n  plan('two')\n})\n",
  }
  assert.doesNotMatch(await entryOf(script, 'plan'), /[Uu]sed in|ome uses|Some tests/)
})

test('of many uses three are shown, with the number of all', async () => {
  const used = (places: number): Record<string, string> => ({
    'app/plan.py': 'def settle(name: str) -> str:\n    """Pays what is owed."""\n    return name\n',
    ...Object.fromEntries(
      Array.from({ length: places }, (_, at) => [
        `app/use${at}.py`,
        `from app.plan import settle\n\ndef use${at}():\n    return settle("${at}") + "!"\n`,
      ]),
    ),
  })
  assert.match(await entryOf(used(3), 'settle'), /Some uses<\/summary>\n\n- \[`use0`\]/)
  assert.match(
    await entryOf(used(4), 'settle'),
    /Some uses \(at least 4 lines in 4 files, without tests\)<\/summary>\n\n(?:- \[`use\d`\], .*\n){3}- Also: \[`use3`\]\n/,
  )
  assert.match(await entryOf(used(10), 'settle'), /\n- Also: (?:\[`use\d`\], ){6}…\n/)
})

test('users that others can reach come first, variants of it last; of a call over several lines its first one is shown', async () => {
  const texts = {
    'app/plan.py': 'def settle(name: str) -> str:\n    "Pays what is owed."\n    return name\n',
    'app/use.py':
      'from app.plan import settle\n\n\ndef settle_all(names):\n    "All."\n    return settle(names[0])\n\n\ndef _keep(name):\n    return settle(name + "?")\n\n\ndef pay(name):\n    "Pays."\n    return settle(name,\n        # More.\n        name,\n    )\n',
  }
  const entry = await entryOf(texts, 'settle')
  assert.deepEqual(
    entry.match(/^- \[.*: `.*$/gm)?.map((line) => line.split(', ')[0] + line.replace(/.*: /, ' ')),
    [
      '- [`pay`] `return settle(name …)`',
      '- [`_keep`] `return settle(name + "?")`',
      '- [`settle_all`] `return settle(names[0])`',
    ],
  )
})

test('beside bases of the repository those of other packages are named', async () => {
  const python = {
    'app/mixin.py': 'class Mixin:\n    "Loads more."\n    def load(self):\n        "Loads."\n',
    'app/strict.py':
      'from jinja2 import Environment as Base\nfrom app.mixin import Mixin\n\n\nclass Strict(Mixin, Base, Generic[T], metaclass=Meta):\n    "Fails when a name is unknown."\n    def run(self):\n        "Runs."\n',
  }
  assert.match(await entryOf(python, 'Strict'), / · extends \[`Mixin`\], `jinja2\.Environment`$/m)
  const script = {
    'src/a.ts':
      "import type { Options } from 'far'\n/** What is given. */\nexport interface Given { plan: string }\n/** What is known. */\nexport interface Known<T extends Given> extends Options<T, (one: T) => void>, Given { more: string }\n",
  }
  assert.match(await entryOf(script, 'Known'), / · extends \[`Given`\], `Options`/)
})

test('calls in its own file are not told', async () => {
  const file = (...lines: string[]): string => `${lines.join('\n')}\n`
  const texts = {
    'app/plan.py': file(
      'def settle(name: str) -> str:',
      '    """Pays what is owed."""',
      '    return name',
      '',
      '',
      'def close(name: str) -> str:',
      '    return settle(name + "!")',
    ),
    'app/use.py': file('from app.plan import settle', '', '', 'def use():', '    return settle("a") + "!"'),
  }
  assert.deepEqual((await entryOf(texts, 'settle')).match(/^- .*: `.*$/gm), [
    '- [`use`], [app/use.py, line 5]: `return settle("a") + "!"`',
  ])
})

test('a test is about what its name begins with', async () => {
  const head = 'package a\n\nimport "testing"\n\n'
  const body = (name: string, check: string): string => `func ${name}(t *testing.T) {\n\tSetLevel(3)\n${check}}\n\n`
  const checks = '\tif Level != 3 {\n\t\tt.Fatal(Level)\n\t}\n'
  const entry = await entryOf(
    {
      'go.mod': 'module example.org/a\n',
      'a.go':
        'package a\n\nvar Level int\n\n// SetLevel sets the level of all.\nfunc SetLevel(to int) {\n\tLevel = to\n}\n',
      'a_test.go': `${head}${body('TestSetLevel', checks)}${body('TestSetLevelRace', checks)}${body('TestSetLevelTwice', '')}${body('TestGetSetLevel', checks)}`,
    },
    'SetLevel',
  )
  // The first is shown as the example.
  assert.match(entry, /\*\*Example\*\* from [^\n]*a_test\.go[^`]*`{3}go\nfunc TestSetLevel\(t \*testing\.T\)/)
  assert.deepEqual(entry.match(/`Test\w+`/g), ['`TestSetLevelTwice`'])
})

test('tests of GoogleTest are told by their second names, helpers beside them are none', async () => {
  const entry = await entryOf(
    {
      'src/plan.hpp':
        '#pragma once\n/// Tells how long a probe flies before it lands.\ninline int settle_plan(int a) { return a; }\n',
      'src/plan.cc': '#include "plan.hpp"\nclass Sky {\n public:\n  int rise() { return settle_plan(1); }\n};\n',
      'test/plan-test.cc':
        '#include "../src/plan.hpp"\n\nint test_settle_plan(int a) { return settle_plan(a); }\n\nTEST(plan_test, settle_plan) {\n  EXPECT_EQ(1, settle_plan(1));\n}\n\nTEST_F(OtherTest, other) {\n  EXPECT_EQ(1, settle_plan(1));\n}\n',
    },
    'settle_plan',
  )
  assert.match(entry, /^\*\*Example\*\* from \[test\/plan-test\.cc, lines 5 to 7\]$/m)
  assert.doesNotMatch(entry, /Some tests/)
})

test('a test of an error names it and does not make it; a single special case is no example of a test', async () => {
  const python = {
    'app/__init__.py': 'from .api import sort_code as code\nfrom .api import NoPlan\n',
    'app/api.py':
      'class NoPlan(ValueError):\n    """There is no plan."""\n\n\ndef sort_code(value):\n    """Puts the lines of a text in order."""\n    if not value:\n        raise NoPlan(value)\n    return value\n',
    'tests/test_api.py':
      'import pytest\nfrom app.api import NoPlan, sort_code\n\n\nclass TestNoPlan:\n    def test_text(self):\n        assert isinstance(NoPlan(1), NoPlan)\n\n\ndef test_keeps_no_plan():\n    assert sort_code([NoPlan(1)])\n\n\ndef test_sort_empty_raises_no_plan():\n    with pytest.raises(NoPlan):\n        sort_code([])\n\n\ndef test_sort_code_mixed_lines():\n    assert sort_code([1]) == [1]\n',
  }
  const entry = await entryOf(python, 'NoPlan')
  assert.match(entry, /\*\*Example\*\* .*\n\n```python\ndef test_sort_empty_raises_no_plan/)
  assert.doesNotMatch(entry, /TestNoPlan|test_keeps_no_plan/)
  const special = /test_sort_code_mixed_lines/
  assert.doesNotMatch(await entryOf(python, 'sort_code'), special)
  const more = '\n\ndef test_sort_code(ends):\n    assert ends(1)\n'
  const found = await entryOf({ ...python, 'tests/test_api.py': python['tests/test_api.py'] + more }, 'sort_code')
  assert.match(found, /^- \[`test_sort_code`\]/m)
  assert.match(found, special)
})

test('of many tests of other things none is about it, and a function of JavaScript is no test', async () => {
  const names = ['Ha', 'Hi', 'Ig', 'Mo']
  const files = names.map((name): [string, string] => [
    `tests/${name}Test.java`,
    `package a;\n\nclass ${name}Test {\n  @Test void shortName() { new Names().shortName("${name}"); new ${name}().go(); new ${name}().go(); }\n}\n`,
  ])
  const own = names.map((name): [string, string] => [
    `src/${name}.java`,
    `package a;\n\npublic class ${name} { public void go() {} }\n`,
  ])
  const java = {
    'src/Names.java':
      'package a;\n\n/** Converts names. */\npublic class Names {\n  /** Gives the short name. */\n  public String shortName(String a) { return a; }\n}\n',
    ...Object.fromEntries(own),
  }
  assert.doesNotMatch(
    await entryOf({ ...java, ...Object.fromEntries(files) }, 'Names.shortName'),
    /`shortName`\], tests/,
  )
  assert.match(
    await entryOf({ ...java, ...Object.fromEntries(files.slice(1)) }, 'Names.shortName'),
    /`shortName`\], tests/,
  )
  // A class that names the type is about it.
  const facts =
    'package a;\n\nclass NamesFacts {\n  @Test void shortNameKeepsCase() { new Names().shortName("A"); new Ha().go(); new Ha().go(); new Ha().go(); new Ha().go(); new Ha().go(); }\n  @Test void shortNameOfNothing() { new Names().shortName(""); }\n}\n'
  const entry = await entryOf(
    { ...java, ...Object.fromEntries(files), 'tests/NamesFacts.java': facts },
    'Names.shortName',
  )
  assert.deepEqual(entry.match(/(?<=^- \[`)shortName\w*(?=`\], tests)/gm), ['shortNameKeepsCase', 'shortNameOfNothing'])
  const script = {
    'src/plan.ts': '/** Plans a flight. */\nexport function plan(to: string) { return to }\n',
    'test/plan.ts': "import { plan } from '../src/plan.ts'\n\nexport function testPlan() {\n  plan('moon')\n}\n",
  }
  assert.doesNotMatch(await entryOf(script, 'plan'), /testPlan/)
})

test('a row of a table of Go is no test, and a line that only begins a chain no use', async () => {
  const texts = {
    'go.mod': 'module example.org/a\n',
    'a.go': 'package a\n\n// Route leads somewhere.\ntype Route struct{ to string }\n',
    'a_test.go':
      'package a\n\nimport "testing"\n\ntype routeTest struct {\n\troute *Route\n}\n\nfunc TestAll(t *testing.T) {\n\tone := routeTest{&Route{"a"}}\n\t_ = one\n}\n',
  }
  assert.doesNotMatch(await entryOf(texts, 'Route'), /routeTest/)
  const long = Array.from({ length: 9 }, (_, at) => `    .add("the line with number ${at}")\n`).join('')
  const script = {
    'src/plan.ts':
      '/** Collects the lines of a plan. */\nexport class Plan {\n  /** Adds a line. */\n  add(line: string): Plan { return this }\n}\n/** Makes a plan. */\nexport function plan(): Plan { return new Plan() }\n',
    'src/use.ts': `import { plan } from './plan.ts'\nexport function use() {\n  return plan()\n${long}}\n`,
  }
  assert.doesNotMatch(await entryOf(script, 'plan'), /Some uses/)
})

test('what delegates to its namesake is told, the shortest example first', async () => {
  const texts = {
    'go.mod': 'module example.org/a\n',
    'a.go':
      'package a\n\n// Context keeps the parameters.\ntype Context struct{}\n\n// Param returns what the path has for a key.\nfunc (c *Context) Param(key string) string { return key }\n',
    'b.go':
      'package a\n\n// Param is that of the context of a request.\nfunc Param(c *Context, key string) string {\n\treturn c.Param(key + "!")\n}\n',
    'examples/auth/main.go':
      'package main\n\nimport "example.org/a"\n\n// Longer.\nfunc main() {\n\tprintln(a.Param(nil, "auth"))\n}\n',
    'examples/hello/main.go':
      'package main\n\nimport "example.org/a"\n\nfunc main() {\n\tprintln(a.Param(nil, "hello"))\n}\n',
  }
  assert.match(
    await entryOf(texts, 'Context.Param'),
    /^- \[`Param`\], \[b\.go, line 5\]: `return c\.Param\(key \+ "!"\)`$/m,
  )
  assert.deepEqual((await entryOf(texts, 'Param')).match(/: `.*(?=`$)/gm), [': `println(a.Param(nil, "hello"))'])
})

test('of classes of tests with the name of a type that of its own package comes first, however long', async () => {
  const tests = (count: number): string =>
    `package a;\n\nimport a.Planner;\n\nclass PlannerTest {\n${Array.from({ length: count }, (_, at) => `  @Test void goes${at}() {\n    new Planner();\n  }\n`).join('')}}\n`
  const entry = await entryOf(
    {
      'core/src/main/java/a/Planner.java':
        'package a;\n\n/** Plans where a ship goes. */\npublic class Planner {\n  public Planner() { }\n}\n',
      'core/src/test/java/a/PlannerTest.java': tests(400),
      'binding/src/test/java/a/PlannerTest.java': tests(2),
    },
    'Planner',
  )
  assert.deepEqual(entry.match(/`PlannerTest`\], [^,\n]+/g), [
    '`PlannerTest`], core/src/test/java/a/PlannerTest.java',
    '`PlannerTest`], binding/src/test/java/a/PlannerTest.java',
  ])
})

test('a test that is turned off, a stand-in, and a long class for one function are no tests of it', async () => {
  const long = Array.from({ length: 40 }, (_, n) => `  @Test void other${n}() {\n    int a = ${n};\n  }\n`).join('')
  const texts = {
    'src/Names.java':
      'package a;\n\n/** Converts names. */\npublic interface Names {\n  /** Gives the whole name. */\n  default String whole(String a) { return a; }\n  /** Gives the short name. */\n  default String brief(String a) { return a; }\n}\n',
    'test/NamesTest.java': `package a;

class BriefTest {
  @Test void other() { new Names() {}.brief("a"); }
}
class WholeTest {
  @Test void other() { new Names() {}.whole("a"); }
${long}}
class TestNames {
  Names given = new Names() {};
}
class ShortTest extends TestCase {
  public void testBrief() { new Names() {}.brief("a"); }
}
class NamesTest {
  @Disabled @Test void names() { new Names() {}.whole("a"); }
  @Test void whole() { new Names() {}.whole("a"); }
  @Ignore("x") @Test void testWhole() { new Names() {}.whole("a"); }
}
@Disabled
class NamesTests {
  @Test void names() { new Names() {}.whole("a"); }
}
`,
  }
  const testsOf = async (name: string): Promise<string[]> =>
    [...(await entryOf(texts, name)).matchAll(/^- \[`(\w+)`\], test/gm)].map(([, test = '']) => test)
  assert.deepEqual(await testsOf('Names'), ['NamesTest'])
  assert.deepEqual(await testsOf('Names.whole'), ['whole'])
  assert.deepEqual(await testsOf('Names.brief'), ['BriefTest', 'testBrief'])
})

test('neither a member of a function nor a function of the same name that passes on is a use of it', async () => {
  const texts = {
    'package.json': '{ "name": "a", "main": "plan.js" }',
    'plan.js':
      '/** Plans a journey. */\nfunction plan(x) {\n  return x + 1\n}\n/** Plans the way back. */\nfunction back(x) {\n  return x + 2\n}\nplan.back = back\nmodule.exports = plan\nmodule.exports.plan = plan\n',
    'other.js':
      "const plan = require('./plan')\nfunction other(x) {\n  const destination = plan.back(x)\n  return destination\n}\nfunction third(x) {\n  return [x, 1, 2].map(plan)\n}\nmodule.exports = { other, third }\n",
  }
  const entry = await entryOf(texts, 'plan')
  assert.match(entry, /`return \[x, 1, 2\]\.map\(plan\)`/)
  assert.doesNotMatch(entry, /destination/)
  const php = {
    'src/Check.php':
      '<?php\nnamespace A;\n/** Checks values. */\nclass Check\n{\n    /** Wants nothing in it. */\n    public static function void(array $all, string $text): void\n    {\n        self::fail($all, $text);\n    }\n    /** Wants less in it. */\n    public static function few(array $all, string $text): void\n    {\n        self::fail($all, $text);\n    }\n}\n',
    'src/functions.php':
      '<?php\nnamespace A;\n\nfunction few(array $all, string $text): void\n{\n    Check::few($all, $text);\n}\nfunction other(array $all, string $text): void\n{\n    Check::few($all, "other " . $text);\n}\n',
  }
  const few = await entryOf(php, 'Check::few')
  assert.match(few, /"other "/)
  assert.doesNotMatch(few, /line 6/)
  const python = {
    'app/plan.py': 'def plan(*args):\n    """Plans a journey."""\n    return args[0]\n',
    'app/group.py':
      'from app.plan import plan\n\n\nclass Group:\n    def plan(self, *args):\n        return plan(*args)\n',
  }
  assert.doesNotMatch(await entryOf(python, 'plan'), /ome uses/)
})

test('what replaces a method is no use of it', async () => {
  const own = {
    'package.json': '{ "name": "a", "exports": "./src/plan.js" }',
    'src/plan.js':
      '/** Plans all flights. */\nexport class Plan {\n  /** Burns as long as it is told. */\n  burn(seconds) { return seconds + 1 }\n}\n',
  }
  const patch =
    "import { Plan } from './plan.js'\nconst { burn } = Plan.prototype\nexport function restore() {\n  Plan.prototype.burn = burn\n}\n"
  assert.doesNotMatch(await entryOf({ ...own, 'src/patch.js': patch }, 'Plan.burn'), /ome uses/)
})

test('a single use in a private function is left out if a function of its own file that uses it is used more', async () => {
  const texts = (more: string): Record<string, string> => ({
    'app/plan.py':
      'def settle(name):\n    "Pays what is owed."\n    return name\n\n\ndef main(name):\n    "Runs."\n    return settle(name + "!")\n',
    'app/complete.py':
      'from app.plan import settle\n\n\ndef _resolve(name):\n    return settle(name + "?")\n\n\ndef resolve(name):\n    return _resolve(name)\n',
    'app/run.py': `from app.plan import main\n\n\ndef run():\n    main("a")\n${more}`,
  })
  assert.match(await entryOf(texts(''), 'settle'), /`_resolve`/)
  assert.doesNotMatch(await entryOf(texts('\n\ndef again():\n    main("b")\n'), 'settle'), /ome uses/)
})

test('in Swift what a protocol asks for is not overridden', async () => {
  const entry = await entryOf(
    {
      'Sources/A/A.swift':
        '/// Answers.\npublic protocol Responder {\n    /// Gives the answer.\n    func respond(to all: Int) -> Int\n}\n/// Asks first.\npublic protocol Asker: Responder {\n    /// Asks.\n    func ask() -> Int\n}\nextension Asker {\n    public func respond(to all: Int) -> Int {\n        let a = all + ask()\n        return a + 1\n    }\n}\n',
    },
    'Asker',
  )
  assert.match(entry, /respond\(to all: Int\)/)
  assert.doesNotMatch(entry, /overrides/)
})

test('what a test kit does is no use of it; of what a type conforms to usual protocols are left out, and the rest is an example', async () => {
  const texts = {
    'Sources/Store/Store.swift':
      '/// Keeps names.\npublic struct Store {\n    /// Begins to keep names, from the first on.\n    public func begin(at first: Int) -> Int {\n        let a = first + 1\n        return a + 2\n    }\n}\nextension Store: Equatable {}\nextension Store: Codable {}\n/// Keeps numbers.\npublic struct Bin {\n    public let a: Int\n}\nextension Bin: Codable {}\n',
    'Sources/StoreTesting/Kit.swift':
      '/// Gives a store.\npublic func kit(_ store: Store) -> Int {\n    let kept = store.begin(at: 1 + 2)\n    return kept\n}\n',
    'Sources/Run/Run.swift':
      '/// Runs it.\npublic func run(_ store: Store) -> Int {\n    let begun = store.begin(at: 3 + 4)\n    return begun\n}\n',
  }
  const begin = await entryOf(texts, 'Store.begin')
  assert.match(begin, /`let begun = /)
  assert.doesNotMatch(begin, /`let kept = /)
  assert.match(await entryOf(texts, 'Store'), /implements for example \[?`Codable`/)
  assert.match(await entryOf(texts, 'Bin'), /implements \[?`Codable`/)
})

test('the numbers of uses count those in examples, and the users named after them have a line with the name', async () => {
  const texts = {
    'pyproject.toml': '[project]\nname = "app"\nversion = "1"\n',
    'app/__init__.py': 'from .errors import Wrong\n\n__all__ = ["Wrong"]\n',
    'app/errors.py':
      'class Wrong(Exception):\n    """What the user did wrong."""\n\n    def __init__(self, message: str):\n        self.message = message\n\n\nclass WrongName(Wrong):\n    def __init__(self):\n        super().__init__("name")\n',
    'app/run.py':
      'from .errors import Wrong\n\n\ndef run(x):\n    if x > 3:\n        raise Wrong("high")\n    if x < 1:\n        raise Wrong("low")\n    if x == 2:\n        raise Wrong("two")\n    raise Wrong("any")\n',
    'examples/first.py': 'from app import Wrong\n\n\ndef fail():\n    raise Wrong("first")\n',
    'examples/second.py': 'from app import Wrong\n\n\ndef fail():\n    raise Wrong("second")\n',
  }
  const entry = await entryOf(texts, 'Wrong')
  assert.match(entry, /Some uses \(at least 6 lines in 3 files, without tests\)<\/summary>/)
  assert.doesNotMatch(entry, /Also: .*WrongName/)
})

test('calls at the top level of a file are uses, after those in functions', async () => {
  const texts = {
    'app/clock.py': 'def hourof(zone: int) -> int:\n    """The hour in a zone."""\n    return zone + 1\n',
    'app/a_routes.py': 'from app.clock import hourof\n\nprint(hourof(2))\n',
    'app/other.py': 'from app.clock import hourof\n\n\ndef later() -> int:\n    return hourof(3)\n',
  }
  assert.match(
    await entryOf(texts, 'hourof'),
    /- \[`later`\], \[app\/other\.py, line 5\]: `return hourof\(3\)`\n- \[app\/a_routes\.py, line 3\]: `print\(hourof\(2\)\)`/,
  )
})

test('a test that uses a function with the name of a type is about the function', async () => {
  const texts = {
    'app/burn.py': 'class MainBurn:\n    """One burn."""\n\n    def go(self):\n        return 1\n',
    'app/plan.py':
      'from app.burn import MainBurn\n\n\ndef main_burn() -> MainBurn:\n    """The largest burn."""\n    return MainBurn()\n',
    'tests/test_burn.py':
      'from app.burn import MainBurn\nfrom app.plan import main_burn\n\n\ndef test_main_burn():\n    assert isinstance(main_burn(), MainBurn)\n',
  }
  assert.doesNotMatch(await entryOf(texts, 'MainBurn'), /Some tests/)
})

test('the tests of a model are those of its kind, not those of the page of its name', async () => {
  const texts = {
    'app/models.py': 'class Ping:\n    """One ping."""\n\n    def text(self):\n        return "a"\n',
    'tests/test_ping.py':
      'from app.models import Ping\n\n\nclass PingTestCase:\n    def test_it_works(self):\n        assert Ping().text() == "a"\n',
    'tests/test_ping_model.py':
      'from app.models import Ping\n\n\nclass PingModelTestCase:\n    def test_text(self):\n        assert Ping().text() == "a"\n',
  }
  const entry = await entryOf(texts, 'Ping')
  assert.match(entry, /`PingModelTestCase`/)
  assert.doesNotMatch(entry, /`PingTestCase`/)
  const { 'tests/test_ping_model.py': _, ...without } = texts
  assert.match(await entryOf(without, 'Ping'), /`PingTestCase`/)
})

test('of a class of Swift whose tests are in an extension the test functions are told', async () => {
  const texts = {
    'Sources/A/Script.swift':
      '/// Completes commands in a shell.\npublic struct Script {\n    /// Returns the number of a shell.\n    public func make(_ shell: Int) -> Int {\n        let a = shell + 1\n        return a + 2\n    }\n}\n',
    'Sources/B/Ship.swift':
      '/// A ship.\npublic struct Ship {\n    /// Its burns.\n    public func burns(_ all: Int) -> Int {\n        let a = all + 1\n        return a + 2\n    }\n}\n',
    'Tests/ATests/ScriptTests.swift':
      'import XCTest\nfinal class ScriptTests: XCTestCase {}\nextension ScriptTests {\n    func testBase() {\n        XCTAssertEqual(Script().make(1), 4)\n    }\n}\n',
  }
  const entry = await entryOf(texts, 'Script')
  assert.match(entry, /`testBase`/)
  assert.doesNotMatch(entry, /`ScriptTests`/)
})

test('a test named after overloads is about those that it calls', async () => {
  const texts = {
    'Sources/A/Any.swift':
      '/// Counts the burns of an orbit.\npublic func burnAny(_ all: [Int]) -> Int {\n    let a = all.count\n    return a + 1\n}\n/// Adds two to the length of a text.\npublic func burnAny(_ name: String) -> Int {\n    let a = name.count\n    return a + 2\n}\n',
    'Sources/B/Ship.swift':
      '/// A ship.\npublic struct Ship {\n    /// Its burns.\n    public func burns(_ all: Int) -> Int {\n        let a = all + 1\n        return a + 2\n    }\n}\n',
    'Tests/ATests/AnyTests.swift':
      'import XCTest\nfinal class AnyTests: XCTestCase {\n    func testBurnAny() {\n        XCTAssertEqual(burnAny("a"), 3)\n    }\n    func testOther() {\n        XCTAssertEqual(burnAny([1]), 3)\n    }\n}\n',
  }
  assert.match(await entryOf(texts, 'burnAny(String)'), /`testBurnAny`/)
  assert.doesNotMatch(await entryOf(texts, 'burnAny([Int])'), /`testBurnAny`/)
})

test('uses of methods have no number, and files that call at their top level are named', async () => {
  const call = (at: number): string =>
    `from app.plan import Plan, settle\n\n\ndef run${at}(plan: Plan):\n    settle(${at})\n    return plan.finish(${at})\n`
  const texts = {
    'app/plan.py':
      'class Plan:\n    """Holds the burns of one ship."""\n\n    def finish(self, at: int) -> int:\n        """Ends every burn at a time."""\n        last = at + 1\n        return last\n\n\ndef settle(at: int) -> int:\n    """Waits for the orbit to be stable."""\n    last = at + 2\n    return last\n',
    ...Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`app/run${at}.py`, call(at)])),
    'app/start.py': 'from app.plan import settle\n\nsettle(7)\n',
  }
  assert.match(await entryOf(texts, 'Plan.finish'), /<summary>Some uses<\/summary>/)
  const entry = await entryOf(texts, 'settle')
  assert.match(entry, /Some uses \(at least 6 lines in 6 files, without tests\)/)
  assert.match(entry, /^- Also: \[`run3`\], \[`run4`\], \[`app\/start\.py`\]$/m)
})
