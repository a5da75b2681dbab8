import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutLabel } from '#generate/pages/entry/entry-details.ts'
import { pagesOf } from './real-sample.ts'

test('the reason of a deprecation loses its label, but no Markdown and no version', () => {
  const reasons = {
    'Deprecated: `two()` is better.': '`two()` is better.',
    'deprecated: [Foo](symbol:Foo)': '[Foo](symbol:Foo)',
    'Deprecated 3.2: use foo': '3.2: use foo',
    'Deprecated (since 2.0) – use foo': '(since 2.0) – use foo',
    'DEPRECATED - use foo': 'use foo',
    Deprecated: '',
    'Deprecated.': '',
    'Use foo.': 'Use foo.',
  }
  for (const [reason, shown] of Object.entries(reasons)) assert.equal(withoutLabel(reason), shown)
})

test('what a property returns is not called its type, and is left out where it repeats the description', async () => {
  const pages = await pagesOf({
    'README.md': '# orbit\n',
    'Sources/Orbit/Path.swift':
      '/// A path.\npublic struct Path {\n  /// Whether it is absolute.\n  ///\n  /// - Returns: `true` if it begins with a slash\n  public var isAbsolute: Bool { return true }\n\n  /// The last part.\n  ///\n  /// - Returns: the last part\n  public var tail: String { return "" }\n}\n',
  })
  const text = [...pages.values()].join('\n')
  assert.match(text, /\*\*Returns\*\* `true` if it begins with a slash/)
  assert.match(text, /`tail` `String`: The last part\./)
  assert.doesNotMatch(text, /\*\*Type\*\*|the last part/)
})

test('a parameter that the declaration calls by another name than the code is one parameter', async () => {
  const pages = await pagesOf({
    'README.md': '# orbit\n',
    'package.json': '{"name":"orbit","version":"1.0.0","main":"./lib/argument.js","types":"./lib/argument.d.ts"}',
    'lib/argument.js':
      'class Argument {\n  /**\n   * Makes it.\n   *\n   * @param {string} name\n   * @param {string} [description] - what it is\n   */\n  constructor(name, description) {\n    this.description = description\n  }\n}\nexports.Argument = Argument\n',
    'lib/argument.d.ts':
      'export class Argument {\n  description: string\n  /** Makes an argument. */\n  constructor(arg: string, description?: string)\n}\n',
  })
  const text = [...pages.values()].join('\n')
  assert.match(text, /\| `arg` \|/)
  assert.doesNotMatch(text, /\| `name` \|/)
})

test('the type of a field is no other field', async () => {
  const pages = await pagesOf({
    'README.md': '# orbit\n',
    'orbit/env.py':
      'class Env:\n    """Reads."""\n\n    bool = make("bool")\n\n    def __init__(self) -> None:\n        """Makes it."""\n        self.sealed: bool = False\n\n    def seal(self):\n        """Seals."""\n        self.sealed = True\n',
  })
  assert.match([...pages.values()].join('\n'), /`sealed`\]?(?:\([^)]*\))? `bool`/)
})

test('a comment of Swift calls parameters by their names, not by their labels', async () => {
  const pages = await pagesOf({
    'README.md': '# orbit\n',
    'Sources/Orbit.swift':
      'public struct Orbit {\n    /**\n     Makes it.\n\n     - parameter start: the first one\n     - parameter text: the words\n     */\n    public init(parse text: String, from start: Int) { }\n}\n',
  })
  const text = [...pages.values()].join('\n')
  assert.match(text, /\| `text` \| `String` \| the words \|\n\| `start` \| `Int` \| the first one \|/)
})

test('the parameters of overloads are in one table, with the types that all agree on', async () => {
  const pages = await pagesOf({
    'README.md': '# orbit\n',
    'src/value.ts':
      "/**\n * Gets it.\n * @param key - Its key.\n */\nexport function value(key: 'a'): string\n" +
      '/**\n * Sets it.\n * @param key - Its key.\n * @param set - The new one.\n */\nexport function value(key: string, set: number): void\n' +
      'export function value(key: string, set?: number): unknown { return [key, set] }\n',
  })
  assert.match([...pages.values()].join('\n'), /\| `key` \| \| Its key\. \|\n\| `set` \| `number` \| The new one\. \|/)
})

test('the parameters of an overloaded function of Python are those of its implementation', async () => {
  const pages = await pagesOf({
    'README.md': '# orbit\n',
    'orbit.py': `import typing as t


@t.overload
def plan(name: t.Callable[..., t.Any]) -> None: ...


@t.overload
def plan(
    name: str | None,
    kind: type[int],
) -> str: ...


def plan(
    name: str | t.Callable[..., t.Any] | None = None,  # don't
    kind: type[int] | None = None,
    **more: t.Any,
) -> str | None:
    """Plans it.

    :param name: what it is called
    :param kind: what it is
    :param more: what else
    """
    def plan_all(other): ...
    return None
`,
  })
  const text = [...pages.values()].join('\n')
  assert.match(
    text,
    /\| `name` \| `str \\\| t\.Callable\[\.\.\., t\.Any\] \\\| None` \| `None` \| what it is called \|/,
  )
  assert.match(text, /\| `kind` \| `type\[int\] \\\| None` \| `None` \| what it is \|/)
  assert.match(text, /\| `\*\*more` \| `t\.Any` \| \| what else \|/)
})

test('the default of an option in a comment of YARD is in the column of defaults', async () => {
  const pages = await pagesOf({
    'README.md': '# orbit\n',
    'lib/orbit.rb':
      '# Plans flights.\nclass Plan\n  # Makes one.\n  #\n  # @param options [Hash] how\n  # @option options [Boolean] :deep (false) whether all of it\n  def initialize(options = {}); end\nend\n',
  })
  const text = [...pages.values()].join('\n')
  assert.match(text, /^\| `options\[:deep\]` \| `Boolean` \| `false` \| whether all of it \|$/m)
})

test('a parameter keeps the words of its old name if the names share a word', async () => {
  const pages = await pagesOf({
    'orbit/plan.py':
      'def read(input_string, deep=False):\n    """Reads a plan.\n\n    :param timestring: what is read\n    :param deep: how far\n    """\n    return input_string\n\n\ndef send(first, deep=False):\n    """Sends a plan.\n\n    :param other: what never was\n    :param deep: how far\n    """\n    return first\n',
  })
  const text = [...pages.values()].join('\n')
  assert.match(text, /\| `input_string` \|[^\n]*what is read/)
  assert.doesNotMatch(text, /what never was/)
})

test('the values of a type that a signature names are below it, other aliases have a row', async () => {
  const pages = await pagesOf({
    'pyproject.toml': '[project]\nname = "orbit"\nversion = "1"\n',
    'orbit/__init__.py': 'from .plan import send\n\n__all__ = ["send"]\n',
    'orbit/plan.py':
      'from typing import Literal, Union\n\n_UNIT = Literal[\n    "day",\n    "quarter",\n]\nTimes = Union[int, str]\n\n\ndef send(unit: _UNIT, at: Times) -> None:\n    """Sends a plan to the moon."""\n',
  })
  const text = [...pages.values()].join('\n')
  assert.match(
    text,
    /^```python\ndef send\(unit: _UNIT, at: Times\) -> None\n_UNIT = Literal\["day", "quarter"\]\n```$/m,
  )
  assert.match(text, /^- `Times`(?:\]\([^)]*\))? = `Union\[int, str\]`$/m)
})

test('a class without a constructor shows that of its base with the name of the base, but not in PHP', async () => {
  const pages = await pagesOf({
    'src/Lists.php':
      '<?php\nclass Base {\n    public function __construct(string $name) { $this->name = $name; }\n}\n/** Lists all plans. */\nclass Lists extends Base {\n}\n',
    'orbit/plan.py':
      'class Range:\n    """Limits a value."""\n\n    def __init__(self, low=None, high=None):\n        self.low = low\n        self.high = high\n\n\nclass _Late(Range):\n    def __init__(self, delay):\n        self.delay = delay\n\n\nclass Slow(_Late):\n    """Waits for a value."""\n\n\nclass Counter:\n    """Counts all of them."""\n\n\nclass IntRange(Range[int], Counter):\n    """Limits whole numbers to a range."""\n\n\nclass Foreign(Other, Range):\n    """Limits what is foreign to a range."""\n\n\nclass Late[T](Range):\n    """Limits what is late."""\n',
  })
  const text = [...pages.values()].join('\n')
  assert.match(
    text,
    /^class IntRange\(Range\[int\], Counter\):\n {4}# inherited from Range\n {4}def __init__\(self, low=None, high=None\)\n```$/m,
  )
  assert.match(text, /^class Slow\(_Late\):\n {4}# inherited from _Late\n {4}def __init__\(self, delay\)\n```$/m)
  // Attributes are declared apart from the parameters of their names.
  assert.match(text, /: `low`, `high`$/m)
  // `pagesOf` takes `[T](Range)` for a link.
  assert.match(text, /^class LateT:\n {4}# inherited from Range\n {4}def __init__\(self, low=None, high=None\)\n```$/m)
  assert.match(text, /^class Foreign\(Other, Range\)\n```$/m)
  assert.match(text, /^class Lists extends Base\n```$/m)
})

test('a field of a dataclass that is no attribute is a parameter', async () => {
  const pages = await pagesOf({
    'orbit/plan.py': `from dataclasses import InitVar, dataclass


@dataclass
class Plan:
    """Plans a flight.

    Attributes:
        title: What it is called.
        indent: What lines begin with.
    """

    title: str
    indent: InitVar[str] = ''

    def __post_init__(self, indent: str) -> None:
        self.title = indent + self.title
`,
  })
  const text = [...pages.values()].join('\n')
  assert.match(text, /^\| parameter \| \|\n\| - \| - \|\n\| `indent` \|/m)
  assert.match(text, /^\| field \| \|\n\| - \| - \|\n\| `title` \|.*\n\n/m)
})
