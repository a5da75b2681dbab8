/** With what one begins and what one imports first: what documents show, and nothing where they show nothing. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBenchmark } from '#generate/pages/module/start-with.ts'
import { guidesOf } from '../guides/guides-of.ts'
import { analysedSample, overviewOf } from './real-sample.ts'
import { document } from './sample.ts'

const body = '    work()\n'.repeat(12)
const PYTHON = {
  'pyproject.toml':
    '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "orbit"\nversion = "1.0"\n[tool.hatch.build.targets.wheel]\npackages = ["orbit"]\n',
  'orbit/__init__.py': 'from .plan import Drawer, get_plan\n\n__all__ = ["Drawer", "get_plan"]\n',
  'orbit/plan.py': `def get_plan():\n    """Gets the plan."""\n${body}\n\nclass Drawer:\n    """Draws plans."""\n\n    def draw(self):\n    ${body}`,
}

/** Matches the row of a module, or its name in a line, with the definition to begin with. */
const startOf = (name: string): RegExp =>
  new RegExp(`^\\| \\*\\*[^|]*\\| (?:.*\\| \`${name}\` \\||(?:\\w+ )?\`${name}(?:\\(\\))?\`).*$`, 'm')

test('a library begins with what documents call; where they call nothing, nothing is said', async () => {
  const shown = await overviewOf(PYTHON, 'python', 'from orbit import get_plan\n\nget_plan()\n')
  assert.match(shown, startOf('get_plan'))
  assert.match(shown, /`from orbit import get_plan`(?!,)/)
  const silent = await overviewOf(PYTHON, 'python', 'print(1)\n')
  assert.doesNotMatch(silent, /start with/)
  assert.match(silent, /`import orbit`/)
  assert.match(await overviewOf(PYTHON, 'python', 'import orbit\n\norbit.get_plan()\n'), /`import orbit`/)
})

const CRATE = {
  'Cargo.toml': '[package]\nname = "orbit"\nversion = "1.0.0"\n',
  'src/lib.rs':
    '/// An answer.\npub type Result<T> = core::result::Result<T, ()>;\n/// Says why.\npub trait Context { fn context(self); }\n/// A good answer.\n#[allow(non_snake_case)]\npub fn Ok<T>(value: T) -> Result<T> { Result::Ok(value) }\n',
}

test('what a language has by itself is not what a README calls, and names are imported as documents do it', async () => {
  const text = await overviewOf(
    CRATE,
    'rust',
    'use orbit::{Context, Result};\n\nfn main() -> Result<()> {\n    read().context("no file")?;\n    Ok(())\n}\n',
  )
  assert.match(text, /`use orbit::\{Context, Result\};`/)
  assert.doesNotMatch(text, /start with/, 'an alias of a type is no beginning')
  assert.match(await overviewOf(CRATE, 'rust', 'use orbit::Ok;\n\nOk(1)\n'), /`use orbit::Ok;`/)
})

test('what a program does when it runs comes before what it defines for that', async () => {
  const text = await overviewOf(
    {
      'map.h': 'struct map *map_new(void);\nvoid map_set(struct map *map, int key);\nint map_hash(int key);\n',
      'map.c':
        '#include "map.h"\nstruct map { int n; };\nint map_hash(int key) { return key; }\nstruct map *map_new(void) { return 0; }\nvoid map_set(struct map *map, int key) {\n  map->n = map_hash(key);\n  map->n++;\n  map->n++;\n  map->n++;\n}\n',
    },
    'c',
    '#include "map.h"\n\nint hash(int key) {\n  return map_hash(key);\n}\n\nint main(void) {\n  struct map *map = map_new();\n  map_set(map, 1);\n}\n',
  )
  assert.match(text, startOf('map_new'))
})

test('nobody begins with a struct of C', async () => {
  const plan = {
    'include/plan.h':
      '/** Settings of a plan. */\ntypedef struct Plan { int a; int b; } Plan;\nvoid run(Plan *plan);\n',
    'src/plan.c': '#include "../include/plan.h"\nvoid run(Plan *plan) {\n  plan->a++;\n  plan->a++;\n  plan->a++;\n}\n',
  }
  const text = await overviewOf(plan, 'c', '#include "plan.h"\n\nint main(void) {\n  Plan plan = { 1, 2 };\n}\n')
  assert.match(text, /struct `Plan`/)
  assert.doesNotMatch(text, /start with/)
})

test('of a gem no class of another one that it opens again, and a class has its superclass wherever that stands', async () => {
  const gem = {
    'orbit.gemspec': 'Gem::Specification.new do |s|\n  s.name = "orbit"\n  s.summary = "Plans all burns"\nend\n',
    'lib/orbit.rb': `require 'orbit/version'\n\n# Holds what is known of one flight.\nclass Orbit\n  def burn(many)\n${body}  end\nend\n`,
    'lib/orbit/version.rb': 'class Orbit < Flight\n  VERSION = "1"\nend\n',
    'lib/orbit/flight.rb': '# Leads from one body to another.\nclass Flight\nend\n',
    'lib/orbit/rails.rb': `module Rails\n  module Generators\n    class PlanGenerator\n      hook_for :orbit\n      def plan(many)\n${body}      end\n    end\n  end\nend\n`,
  }
  const text = await overviewOf(gem, 'ruby', "require 'orbit'\nOrbit.new\n")
  assert.doesNotMatch(text, /PlanGenerator/)
  const { markdown } = document(await analysedSample(gem))
  assert.match([...markdown.values()].join('\n'), /^Class in \[lib\/orbit\.rb[^\n]* · extends \[`Flight`\]/m)
})

test('what a module of JavaScript is as a whole has the name that users give it', async () => {
  const text = await overviewOf(
    {
      'package.json': '{"name":"orbit","version":"1.0.0","main":"lib/index.js"}',
      'lib/index.js': `(function () {\n  function isReady(one) { return one }\n  /** Plans all burns. */\n  function wrapper(options) {\n    return isReady(options)\n  }\n  module.exports = wrapper\n}())\n`,
    },
    'js',
    "const orbit = require('orbit')\n\napp.use(orbit())\n",
  )
  assert.match(text, /^\| function `orbit` \| Plans all burns\. \|$/m)
  assert.match(text, /^\| function `orbit` \| Plans all burns\. \|$/m)
})

test('a class that adds methods to others is one to begin with where documents call those', async () => {
  const sources = {
    'src/Orbit/Orbit.csproj': '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup></PropertyGroup></Project>\n',
    'src/Orbit/Extensions.cs':
      'namespace Orbit;\n\npublic static class PlanExtensions\n{\n    public static int Scan(this Plan plan) => 1;\n}\n',
    'src/Orbit/Plan.cs': 'namespace Orbit;\n\npublic class Plan\n{\n    public int Burn() => 1;\n}\n',
  }
  const { markdown } = document(
    await analysedSample({ ...sources, 'README.md': '# Orbit\n\n```csharp\nplan.Scan();\n```\n' }),
  )
  const text = markdown.get('overview.md') ?? ''
  if (text.includes('start with')) assert.match(text, /\| \[`PlanExtensions`\]\([^)]*\) \|$/m)
})

test('nobody begins with what Go runs by itself, and of the commands of a program the one that documents type comes first', async () => {
  const go = await overviewOf(
    {
      'go.mod': 'module example.org/orbit\n',
      'main.go':
        'package main\n\nimport "example.org/orbit/inner"\n\nfunc init() {\n\tinner.Plan()\n\tinner.Plan()\n}\n\nfunc work() {\n\tinner.Plan()\n}\n\nfunc main() {\n\twork()\n}\n',
      'inner/inner.go': 'package inner\n\n// Plan plans.\nfunc Plan() {}\n',
    },
    'sh',
    'orbit\n',
  )
  assert.doesNotMatch(go, /`init`/)
  const python = await overviewOf(
    {
      'pyproject.toml': '[project]\nname = "orbit"\n[project.scripts]\norbit = "orbit.cli:main"\n',
      'orbit/__init__.py': '',
      'orbit/cli.py':
        'from orbit.commands.land import land\nfrom orbit.commands.sync import sync\n\ndef main():\n    sync()\n    land()\n',
      'orbit/commands/__init__.py': '',
      'orbit/commands/land.py': `def land():\n    """Lands."""\n${body}`,
      'orbit/commands/sync.py': `from orbit.commands.land import land\n\ndef sync():\n    """Syncs all."""\n    land()\n${body}${body}`,
    },
    'sh',
    'orbit land\norbit sync\n',
  )
  assert.match(python, startOf('land'))
})

test('types of TypeScript are imported as types, and beside values not at all', async () => {
  const files = (exported: string): Record<string, string> => ({
    'package.json': '{"name":"orbit","version":"1.0.0","exports":"./index.ts"}',
    'index.ts': exported,
    'plan.ts':
      '/** Plans. */\nexport class Plan {}\n/** What is planned. */\nexport interface Options { a: string }\n/** Draws. */\nexport class Drawer {}\n',
  })
  const code =
    "import { type Options, Plan, type Drawer } from 'orbit'\n\nconst a: Options = new Plan(null as Drawer | null)\n"
  const both = await overviewOf(
    files("export { Plan } from './plan.ts'\nexport type { Options, Drawer } from './plan.ts'\n"),
    'ts',
    code,
  )
  assert.match(both, /`import \{ Plan \} from 'orbit'`/)
  const types = await overviewOf(files("export type { Options } from './plan.ts'\n"), 'ts', code)
  assert.match(types, /`import type \{ Options \} from 'orbit'`/)
})

test('what documents import from comes before other paths of the package', async () => {
  const part = (name: string): string => `/** Does ${name}. */\nexport function ${name}(many: number) {\n${body}}\n`
  const text = await overviewOf(
    {
      'package.json': '{"name":"orbit","exports":{"./raw":"./raw.ts","./burn":"./burn.ts"}}',
      'raw.ts': ['fly', 'land', 'turn', 'wait'].map(part).join(''),
      'burn.ts': ['burn', 'stop', 'push'].map(part).join(''),
      'examples/a.ts': "import { fly } from '../raw.ts'\nfly(1)\n",
    },
    'ts',
    "import { burn } from 'orbit/burn'\n\nburn(1)\n",
  )
  assert.match(text, /^Install: `npm install orbit`$[\s\S]*^`import \{ burn \} from 'orbit\/burn'`/m)
})

test('a class of Scala and its object are one, with which the README begins', async () => {
  const files = {
    'src/main/scala/orbit/Parser.scala': `package orbit\n\nabstract class Parser[C](name: String) {\n  def parse(many: Int): Int = {\n${body}    many\n  }\n}\n`,
    'src/main/scala/orbit/Plan.scala':
      'package orbit\n\nsealed abstract class Plan[A] {\n  def toList: List[A]\n}\n\nobject Plan {\n  def sequence(many: Int): Int = many\n}\n',
    'src/main/scala/orbit/Other.scala':
      'package orbit\n\nclass Other {\n  def one(parser: Parser[Int]): Int = parser.parse(1)\n}\n\nclass Third {\n  def two(parser: Parser[Int]): Int = parser.parse(2)\n}\n',
  }
  for (const call of ['Plan.sequence(1)', 'Plan[Int](1)'])
    assert.match(await overviewOf(files, 'scala', `import orbit.Plan\n${call}\nnew Parser("a")\n`), startOf('Plan'))
})

test('a README of C# begins with what its program calls, before the attributes of what it declares for that', async () => {
  const type = (name: string, base = ''): string =>
    `namespace Orbit;\npublic class ${name}${base} {\n  public ${name}(string name) { }\n  public int Go(int many) {\n${body}    return many;\n  }\n}\n`
  const text = await overviewOf(
    {
      'src/Orbit.csproj':
        '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><PackageId>Orbit</PackageId></PropertyGroup></Project>',
      'src/BurnAttribute.cs': type('BurnAttribute', ' : System.Attribute'),
      'src/Planner.cs': type('Planner'),
    },
    'cs',
    'class Options\n{\n    [Burn("v")]\n    public bool All { get; set; }\n}\n\nstatic void Main(string[] args)\n{\n    new Planner("a").Go(1);\n}\n',
  )
  assert.match(text, startOf('Planner'))
})

test('of C# nobody begins with a base class of one method, nor with what a method of the module gets', async () => {
  const project =
    '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><PackageId>Orbit</PackageId></PropertyGroup></Project>'
  const files = {
    'src/Orbit.csproj': project,
    'src/Listener.cs':
      'namespace Orbit;\n/// <summary>Hears of flights.</summary>\npublic abstract class Listener {\n  public abstract void Hear(int leg);\n}\n',
    'src/LegOptions.cs':
      'namespace Orbit;\n/// <summary>Options of legs.</summary>\npublic class LegOptions {\n  public int Many { get; set; }\n}\n',
    'src/Legs.cs':
      'namespace Orbit;\n/// <summary>Adds legs.</summary>\npublic static class Legs {\n  public static T AddLegs<T>(this T plan, LegOptions options) where T : Plan => plan;\n  public static T AddLegs<T>(this T plan, int legs) where T : Plan => plan;\n}\n',
  }
  const derived = 'sealed class Own : Listener\n{\n    public override void Hear(int leg) { }\n}\n'
  assert.doesNotMatch(await overviewOf(files, 'cs', derived), startOf('Listener'))
  assert.doesNotMatch(await overviewOf(files, 'cs', 'made.AddLegs(new LegOptions());\n'), startOf('LegOptions'))
})

const AFTER = (name: string, words: string): string =>
  `<?php\nnamespace Acme\\Orbit;\n\n${words}class ${name}\n{\n    public function go(): int { return 1; }\n}\n`

test('documents begin with what they call first, whatever is called like the repository', async () => {
  const texts = {
    'composer.json': '{"name":"acme/orbit","autoload":{"psr-4":{"Acme\\\\Orbit\\\\":"src/"}}}',
    'src/Theme.php': AFTER('Theme', ''),
    'src/Orbit.php': AFTER('Orbit', '/** Plans flights. */\n'),
  }
  const shown = '<?php\nuse Acme\\Orbit\\Theme;\n\n$theme = new Theme();\n$theme->go();\n'
  assert.match(await overviewOf(texts, 'php', shown), startOf('Theme'))
})

test('nothing is said where the first example hands over something else before what it calls', async () => {
  const files = {
    'go.mod': 'module example.org/orbit\n',
    'orbit.go':
      'package orbit\n\n// Logger logs flights.\nfunc Logger(next int) int { return next }\n\n// Timeout ends flights.\nfunc Timeout(many int) func(int) int { return nil }\n',
  }
  const handed = 'import "example.org/orbit"\n\nr.Use(orbit.Logger)\nr.Use(orbit.Timeout(60))\n'
  assert.doesNotMatch(await overviewOf(files, 'go', handed), /start with/)
  const called = handed.replace('orbit.Logger', 'orbit.Timeout(1)')
  const second = await overviewOf(
    { ...files, 'go.mod': 'module example.org/orbit/v2\n' },
    'go',
    'import (\n\t"example.org/orbit/v2"\n)\n\nr.Use(orbit.Timeout(1))\n',
  )
  assert.match(second, startOf('Timeout'))
  assert.match(await overviewOf(files, 'go', called), startOf('Timeout'))
})

test('what is passed to a function of the repository is not what one starts with', async () => {
  const files = {
    'package.json': '{"name":"orbit","version":"1.0.0","type":"module","exports":"./index.js"}',
    'index.js': `/** Sends all calls in one request. */\nexport function makeClient(options) {\n${body}}\n/** Makes a link. */\nexport function link(url) {\n${body}}\n`,
  }
  const imports = "import { link, makeClient } from 'orbit'\n\n"
  assert.match(await overviewOf(files, 'js', `${imports}makeClient({ links: [link('a')] })\n`), startOf('makeClient'))
  assert.match(await overviewOf(files, 'js', `${imports}run(() => {\n  link('a')\n})\n`), startOf('link'))
})

test('a function of Go that takes a value of a type comes behind the one that makes it, in whichever order documents call them', async () => {
  const text = await overviewOf(
    {
      'go.mod': 'module example.org/orbit\n',
      'orbit.go':
        'package orbit\n\n// Fs holds files.\ntype Fs interface { Open(name string) int; Stat() int }\n\ntype disk struct{}\n\nfunc (d *disk) Open(name string) int { return 1 }\nfunc (d *disk) Stat() int { return 1 }\n\n// NewDisk gives files on the disk.\nfunc NewDisk() Fs { return &disk{} }\n\n// ReadFile reads a file.\nfunc ReadFile(fs Fs, name string) int { return fs.Open(name) }\n',
    },
    'go',
    'import "example.org/orbit"\n\nb := orbit.ReadFile(fs, "a")\nfs := orbit.NewDisk()\n',
  )
  assert.match(text, startOf('NewDisk'))
})

test('where a README shows code that calls nothing of the library, no guide says what to begin with', async () => {
  const texts = {
    'lib/orbit.rb': `# Plans flights of rockets.\nclass Orbit\n  def burn(many)\n${body}  end\nend\n\n# Draws the routes of flights.\nclass Drawer\nend\n`,
    'docs/guide.md': '# Guide\n\n```ruby\nOrbit.new.burn(1)\n```\n\n```ruby\nOrbit.new.burn(2)\n```\n',
  }
  const overview = async (readme: string): Promise<string> => {
    const all = { ...texts, 'README.md': readme }
    return document({ ...(await analysedSample(all)), guides: await guidesOf(all) }).markdown.get('overview.md') ?? ''
  }
  assert.match(await overview('# Orbit\n\nPlans.\n'), /start with/)
  assert.doesNotMatch(await overview('# Orbit\n\n```ruby\ntask :plan do\nend\n```\n'), /start with/)
  texts['docs/guide.md'] += '\n```ruby\nDrawer.new\n```\n\n```ruby\nDrawer.new(1)\n```\n\n```ruby\nDrawer.new(2)\n```\n'
  assert.doesNotMatch(await overview('# Orbit\n\nPlans.\n'), /start with/, 'the guide shows another more often')
})

test('nobody begins with an annotation, nor with a symbol that only names members', async () => {
  const java = {
    'pom.xml': '<project><groupId>org.acme</groupId><artifactId>orbit</artifactId><version>1.0</version></project>',
    'src/main/java/org/acme/Plan.java': `package org.acme;\n\n/** Names the plan of a flight. */\npublic @interface Plan {\n  String value();\n}\n`,
  }
  assert.doesNotMatch(await overviewOf(java, 'java', 'import org.acme.Plan;\n\nPlan plan(1);\n'), /start with/)
  const script = {
    'package.json': '{"name":"orbit","version":"1.0.0","type":"module","exports":"./index.ts"}',
    'index.ts': "/** Maps all values. */\nexport const map: unique symbol = Symbol('map')\n",
  }
  assert.doesNotMatch(await overviewOf(script, 'ts', "import { map } from 'orbit'\n\nmap(1)\n"), /start with/)
})

test('nobody begins with the interface of a variable, but with what makes its value', async () => {
  const java = {
    'pom.xml': '<project><groupId>org.acme</groupId><artifactId>orbit</artifactId><version>1.0</version></project>',
    'src/main/java/org/acme/Cache.java':
      'package org.acme;\n\n/** Keeps values. */\npublic interface Cache<V> {\n  V get(int key);\n  void put(int key, V value);\n}\n',
    'src/main/java/org/acme/Maker.java':
      'package org.acme;\n\n/** Makes caches. */\npublic final class Maker {\n  public static Maker create() { return new Maker(); }\n  public Cache<String> build() { return null; }\n}\n',
  }
  const shown = 'import org.acme.*;\n\nCache<String> plans = Maker.create().build();\n'
  assert.match(await overviewOf(java, 'java', shown), startOf('Maker'))
})

test('a benchmark is known by the last word of a name, also in camel case', () => {
  const known = ['OrbitBenchmark', 'Sources/OrbitBenchmarks/a.swift', 'orbit-bench', 'perf/a.c', 'Orbit', 'workbench']
  assert.deepEqual(known.map(isBenchmark), [true, true, true, true, false, false])
})
