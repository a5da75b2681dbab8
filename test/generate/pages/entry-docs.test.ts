/** What entries say beside the text of comments, of repositories that are really analysed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPackages } from '#generate/manifests/read-packages.ts'
import { docSentence } from '#generate/pages/writing.ts'
import { surfacesOf } from '#generate/surface/surfaces.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { analysedSample } from './real-sample.ts'
import { document } from './sample.ts'

async function pagesOf(texts: Record<string, string>): Promise<string> {
  return textOf(await analysedSample(texts))
}

/** The same with what packages export. */
async function exportedPagesOf(texts: Record<string, string>): Promise<string> {
  const { inventory, analysis } = await analysedSample(texts)
  const surfaces = surfacesOf(readPackages(inventory), analysis, inventory.files, 'orbit')
  return textOf({ inventory, analysis, surfaces })
}

function textOf(input: Parameters<typeof document>[0]): string {
  const { markdown, verification } = document(input)
  assert.deepEqual(verification.faults, [])
  return [...markdown.values()].join('\n').replaceAll(/\]\([^)]*\)/g, ']')
}

test('a type with very many long comments keeps its own', async () => {
  const words = 'Plans one burn of the flight at the next node. '.repeat(24)
  const methods = Array.from({ length: 400 }, (_, at) => `  /** ${words} */\n  public void burn${at}() {}\n`)
  const own = (name: string): string => `/**\n * Flies by ${name}.\n *\n * <p>Back from ${name} in a day.\n */\n`
  const types = ['Orbit', 'Moon'].map((name) => `${own(name)}public class ${name} {\n${methods.join('')}}\n`)
  const pages = await pagesOf({ 'src/Orbit.java': types.join('') })
  assert.match(pages, /^Back from Moon in a day\.$/m)
})

test('of PHP what a comment says of an array', async () => {
  const pages = await pagesOf({
    'src/Data.php': `<?php
namespace Orbit;

interface Data
{
    /**
     * Gives all.
     *
     * @param array{name: string, list: array{0: int}} $given
     * @return Points
     */
    public function all(array $given): array;
}
`,
  })
  assert.match(pages, /^\| `\$given` \| `array\{name: string, list: array\{0: int\}\}` \|$/m)
})

test('a method whose comment only tells its history has also the words of the one that it overrides', async () => {
  const base = 'class Plan:\n    def run(self, burns):\n        """Runs every burn."""\n        return 1\n'
  const own = (name: string, more: string): string =>
    `\n\nclass ${name}(Plan):\n    """Waits between two burns."""\n\n    def run(self, burns):\n        """\n        .. versionchanged:: 8.5\n            Runs twice.\n${more}        """\n        return super().run(burns)\n`
  const slow = own('Slow', '\n        :param burns: How often the engines start.\n')
  const pages = await pagesOf({ 'plans/__init__.py': base + slow + own('Late', '') })
  assert.match(pages, /_Changed in version 8\.5:_ Runs twice\.\n\nRuns every burn\.\n\n\(from \[`Plan\.run`\]\)/)
  assert.match(pages, /^- \[`def run\(self, burns\)`\] \(overrides \[`Plan\.run`\]\)$/m)
  assert.equal(pages.match(/Runs twice/g)?.length, 1)
})

test('what a trait of Rust asks for is from that, not overridden', async () => {
  const body = '        let a = 1;\n'.repeat(9)
  const pages = await pagesOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs': `pub trait Plan {\n    /// Runs every burn.\n    fn run(&self, burns: u8);\n}\n\n/// Waits between two burns.\npub struct Slow;\n\nimpl Plan for Slow {\n    fn run(&self, burns: u8) {\n${body}        helper(burns)\n    }\n}\n\nfn helper(a: u8) {}\n`,
  })
  assert.match(pages, /^- \[`fn run\(&self, burns: u8\)`\] \(from \[`Plan::run`\]\)$/m)
  assert.doesNotMatch(pages, /overrides/)
})

test('of TypeScript defaults of comments', async () => {
  const pages = await pagesOf({
    'package.json': '{"name": "queue", "exports": "./src/index.ts"}\n',
    'src/index.ts': `export type More = {
  /** Ends it. */
  signal?: AbortSignal
}
export type AddOptions = {
  /**
   * Goes first.
   *
   * @default 0
   */
  priority?: number
} & More
/** Runs tasks. */
export class Queue<O extends AddOptions = AddOptions> {
  /** Adds one. */
  add(task: () => void, options?: Partial<O>): void {}
}
`,
  })
  assert.match(pages, /\*\*Default:\*\* `0`/)
})

test('of Ruby also the modules of others that a class mixes in beside own ones', async () => {
  const pages = await pagesOf({
    'lib/tower.rb':
      '# Holds bells.\nclass Tower\n  include MonitorMixin\n  include Comparable, Bells\n  include Search[:tower]\n\n  # A bell.\n  class Bell\n    include Enumerable\n  end\nend\n',
    'lib/bells.rb':
      '# Rings.\nmodule Bells\n  # Rings one.\n  def ring; end\n\n  # Compares.\n  def Comparable(other); end\nend\n',
    'web/monitor.js': '/** Watches. */\nexport class MonitorMixin {}\n',
  })
  assert.match(pages, /mixes in for example \[`Bells`\], `MonitorMixin`, `Comparable`$/m)
})

test('results of what gives none and parameters that do not exist are left out, a marker is no sentence', async () => {
  const pages = await pagesOf({
    'src/store.js': `/**
 * Makes it anew.
 *
 * @param {Request} req what asks
 * @param {Function} done what never was
 */
export function regenerate(req, fn) {
  this.destroy(req, function (err) {
    fn(err)
  })
}

/**
 * Gives one.
 *
 * @param {Object} options how
 * @param {string} depth how deep
 * @return {number} the one
 */
export function give(options) {
  return 1
}
`,
    'src/Plan.java': `/** Plans. */
public class Plan {
  /**
   * Runs it.
   *
   * @param times how often
   * @param missing not there
   * @return what cannot be
   */
  public void run(int times) {}
}
`,
  })
  assert.match(pages, /what asks/)
  assert.match(pages, /\*\*Returns\*\* `number`: the one/)
  assert.match(pages, /how deep/)
  assert.match(pages, /how often/)
  assert.doesNotMatch(pages, /what never was|not there|what cannot be/)
  assert.equal(docSentence('**Pure**'), null)
  assert.notEqual(docSentence('**Pure** functions change nothing.'), null)
})

test('a doc comment that breaks off is no sentence, even with `to` in it', () => {
  for (const [doc, shown] of [
    ['Converts the value to a string,', null],
    ['Moves the file to the', null],
    ['Writes to disk, and', null],
    ['Destroys all stores and call', null],
    ['Allows users to plan and run', 'Allows users to plan and run.'],
    ['Hook called before and after', 'Hook called before and after.'],
    ['Fires immediately after', 'Fires immediately after.'],
    ['Restores the plan to what it was after', null],
    ['Checks whether the name is one of i.e.', null],
    ['Mounts pprof, e.g.:', 'Mounts pprof.'],
  ] as const) {
    const sentence = docSentence(doc)
    assert.equal(sentence && plainText(paragraph(...sentence)), shown, doc)
  }
})

test('a method that has the name of its type is a constructor only where the language calls constructors so', async () => {
  const pages = await pagesOf({
    'go.mod': 'module orbit\n',
    'command.go':
      'package orbit\n\n// Command is run.\ntype Command struct{ Name string }\n\n// Command finds one of its own.\nfunc (cmd *Command) Command(name string) *Command { return cmd }\n\n// Run makes one.\nfunc Run() *Command { return &Command{} }\n',
    'py/launch.py':
      'class Launch:\n    """Starts a ship."""\n\n    def initialize(self, fuel):\n        """Fills the tank."""\n',
    'java/Flight.java': '/** Goes to a body. */\npublic class Flight {\n  public Flight(int height) {}\n}\n',
  })
  assert.match(pages, /^```go\ntype Command struct\n```$/m)
  assert.match(pages, /^#+ `Command\.Command`$/m)
  assert.match(pages, /^```python\nclass Launch\n```$/m)
  assert.match(pages, /^```java\npublic class Flight \{\n {2}public Flight\(int height\)\n\}\n```$/m)
})

test('what a constructor only repeats of its type is left out', async () => {
  const pages = await pagesOf({
    'a.py':
      'class Mark:\n    """A mark in text."""\n\n    def __init__(self, place):\n        """Text mark constructor for the given place."""\n\n\nclass Node:\n    """A part of the tree."""\n\n    def __init__(self, kind):\n        """Initializer.\n\n        It tells its parent.\n        """\n',
  })
  assert.match(pages, /^A mark in text\.$/m)
  assert.match(pages, /^A part of the tree\.\n\n\*\*Constructor\*\* It tells its parent\.$/m)
  assert.doesNotMatch(pages, /constructor for|Initializer/)
})

test('of Python a variable that is bound to a method of an instance is told by the method', async () => {
  const pages = await exportedPagesOf({
    'pyproject.toml': '[project]\nname = "orbit"\n[build-system]\nrequires = ["hatchling"]\n',
    'orbit/__init__.py': 'from .plan import encode, other\n\n__all__ = ["encode", "other"]\n',
    'orbit/plan.py':
      'class Plan:\n    """Plans."""\n\n    def encode(self, payload: dict, key: str = "") -> str:\n        """Encodes the payload.\n\n        :param payload: what is sent\n        """\n        return key\n\n\n_plan = Plan()\nencode = _plan.encode\nother = _plan.missing\n',
  })
  assert.match(
    pages,
    /^#+ `encode`\n\n```python\nencode = _plan\.encode\ndef encode\(payload: dict, key: str = ""\) -> str\n```\n\nEncodes the payload\.\n\n\(from \[`Plan\.encode`\]\)\n/m,
  )
  assert.match(pages, /Also defined here\n\n.*`other`/)
})

test('a short override that uses nothing of the repository may only raise or give a constant: it is not told by what it overrides', async () => {
  const pages = await pagesOf({
    'orbit/keys.py': `class Base:
    """Signs."""

    def verify(self, text: bytes) -> bool:
        """Verifies the text."""
        return bool(text)

    def load(self, key: str) -> str:
        """Loads the key."""
        return key + key

    def name(self) -> str:
        """Names the kind."""
        return str(self)

    def sign(self, text: bytes) -> bytes:
        """Signs the text."""
        return text


class Nothing(Base):
    """Signs nothing."""

    def verify(
        self, text: bytes
    ) -> bool:
        # It never fits.
        return False

    def load(self, key: str) -> str:
        raise NotImplementedError(
            "There is none."
        )

    def name(self) -> str:
        return "nothing"

    def sign(self, text: bytes) -> bytes:
        return self.load(text)
`,
    'src/Keys.java':
      '/** Signs. */\npublic class Keys {\n  /** Opens the door. */\n  public boolean open(String text) { return text.isEmpty(); }\n  /** Closes the door. */\n  public boolean close(String text) { return text.isEmpty(); }\n  /** Knocks on it. */\n  public void knock(Runnable then) {}\n}\n',
    'src/None.java':
      '/** Signs nothing. */\npublic class None extends Keys {\n  @Override public boolean open(String text) {\n    throw new IllegalStateException("no " + text);\n  }\n  @Override public boolean close(String text) {\n    if (text == null) {\n      return false;\n    }\n    return true;\n  }\n  @Override public void knock(Runnable then) { then.run(() -> { throw new IllegalStateException(); }); }\n}\n',
  })
  const all = (words: RegExp): number => pages.match(words)?.length ?? 0
  const given = (name: string): number => all(new RegExp(`^- .*\\(overrides \\[?\`${name}\``, 'gm'))
  for (const name of ['Base.verify', 'Base.load', 'Base.name', 'Keys.open', 'Keys.knock'])
    assert.equal(given(name), 0, name)
  for (const name of ['Base.sign', 'Keys.close']) assert.equal(given(name), 1, name)
})

test('types in the place of a name are of the only parameter left, and what a delegate gives is no type', async () => {
  const pages = await pagesOf({
    'pyproject.toml': '[project]\nname = "orbit"\n',
    'orbit/__init__.py': 'from .plan import resolve, other\n\n__all__ = ["resolve", "other"]\n',
    'orbit/plan.py':
      'def resolve(schema: str):\n    """Resolves it.\n\n    :param type|Schema|str: instance or name\n    """\n    return load(schema)\n\n\ndef other(one: int, two: int):\n    """Does more.\n\n    :param int|str: what\n    """\n    return one\n',
    'src/Next.cs':
      'namespace Orbit;\n/// <summary>Calls the next handler.</summary>\n/// <returns>The response of it</returns>\npublic delegate Task<string> Next(int depth);\n',
  })
  assert.match(pages, /\| `schema` \| `str` \|[^\n]*instance or name/)
  assert.doesNotMatch(pages, /type\|Schema|int\|str/)
  assert.match(pages, /^\*\*Returns\*\* [^\n]*The response of it/m)
})

test('of PHP narrower types of comments stand for those of the code, with what a function gives', async () => {
  const pages = await pagesOf({
    'src/Check.php': `<?php
namespace Orbit;

class Check
{
    /**
     * Checks it.
     *
     * @param string|callable():string $message
     * @param callable(string,string): string $body Makes it.
     * @return positive-int
     */
    public static function positive(string|callable $message, callable $body): int { return 1; }
}
`,
  })
  assert.match(pages, /^\| `\$message` \| `string\\?\|callable\(\):string` \|/m)
  assert.match(pages, /^\| `\$body` \| `callable\(string,string\): string` \| Makes it\. \|$/m)
  assert.match(pages, /\*\*Returns\*\* `positive-int`/)
})

test('of Rust a static is none of its constants, and all targets that one of make depends on are named', async () => {
  const pages = await pagesOf({
    'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
    'src/lib.rs':
      '/// The tint of the hull.\npub static COLOUR: u8 = 1;\n/// How many ships fit.\npub const LIMIT: u8 = 1;\n',
    Makefile:
      'all: uninstall clean build\n\techo done\n\nbuild:\n\tcargo build\n\nclean:\n\trm -r target\n\nuninstall:\n\trm a\n',
  })
  assert.match(pages, /^Static in /m)
  assert.match(pages, /^Constant in /m)
  assert.match(pages, /after \[?`build`\]?, \[?`clean`\]?, \[?`uninstall`/)
  assert.match(pages, /`make` \(`uninstall, clean, build`\)/)
})

test('parts of a rest parameter are no parameters of their own', async () => {
  const pages = await pagesOf({
    'package.json': '{"name": "orbit", "main": "./fail.js"}\n',
    'fail.js': `/**
 * Fails.
 *
 * @param {Number} code of the error
 * @param {String|Error} err, msg or status
 * @param {Object} [props]
 * @param {String} why the reason
 */
export function fail(code, ...args) {
  throw make(code, ...args)
}
/**
 * Accepts some types of plans.
 *
 * @param {String|Array} type(s)...
 */
export function accept(...args) {
  return args
}
`,
  })
  assert.match(pages, /^\| `code` \| `Number` \| of the error \|$/m)
  assert.match(
    pages,
    /^\| `\.\.\.args` \| \| `err, msg or status` \(`String\\\|Error`\); `props` \(`Object`\); `why` \(`String`\): the reason \|$/m,
  )
  assert.match(pages, /^\| `\.\.\.args` \| `String\\\|Array` \| `type\(s\)\.\.\.` \|$/m)
  assert.doesNotMatch(pages, /^\| `(?:err|props|why)`/m)
})

test('a comment of the words of the name is shown above its result', async () => {
  const text = await pagesOf({
    'lib/node.rb':
      '# Part of a page.\nclass Node\n  ##\n  #\n  # Double Click the Node.\n  #\n  # @macro waits\n  # @return [Node]  The part of the page\n  def double_click(*keys)\n    keys.size\n    self\n  end\nend\n',
  })
  assert.match(text, /^Double Click the Node\.\n\n\*\*Returns\*\*/m)
})
