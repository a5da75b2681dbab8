import assert from 'node:assert/strict'
import { test } from 'node:test'
import { php } from '#generate/analyse/languages/php/php.ts'
import { analyseTexts } from './analyse-texts.ts'

test('declarations of PHP have kinds, visibility, signatures and doc comments', async () => {
  const { analysis, component } = await analyseTexts([php], {
    'src/User.php': `<?php
namespace App;
const LIMIT = 3;
define('OLD', 1);
/** A user. */
#[Entity]
abstract class User implements Named {
    public const A = 1, B = 2;
    /** @var string The name. */
    protected static $name = '';
    public function __construct(private readonly int $id) { $this->late = 1; }
    /**
     * Finds one.
     *
     * @param (Finder|callable(string): string)|null $name What to look for
     * @return static|null
     */
    final public static function find(?string $name = null): ?self { return new class extends User { function hidden() {} }; }
    private function secret() {}
}
interface Named { function name(); }
trait Greets {}
enum Suit: string { case Hearts = 'H'; }
function top(): void { function inner() {} }
`,
  })
  const lines = analysis.components.map((one) => `${one.kind} ${one.qualifiedName} ${one.visibility} ${one.exported}`)
  assert.deepEqual(lines, [
    'constant LIMIT public true',
    'constant OLD public true',
    'class User public true',
    'constant User.A public true',
    'constant User.B public true',
    'field User.name protected true',
    'method User.__construct public true',
    'field User.id private false',
    'method User.find public true',
    'method User.secret private false',
    'interface Named public true',
    'method Named.name public true',
    'trait Greets public true',
    'enum Suit public true',
    'constant Suit.Hearts public true',
    'function top public true',
  ])
  const find = component('src/User.php#User.find')
  assert.equal(find.signature, 'final public static function find(?string $name = null): ?self')
  assert.equal(find.doc, 'Finds one.')
  assert.deepEqual(find.details, {
    parameters: [{ name: '$name', type: '(Finder|callable(string): string)|null', text: 'What to look for' }],
    returns: [{ name: '', type: 'static|null', text: '' }],
  })
  assert.equal(component('src/User.php#User').doc, 'A user.')
  assert.equal(component('src/User.php#User').startLine, 6)
  assert.equal(component('src/User.php#User').signature, 'abstract class User implements Named')
})

test('names of PHP are found by use, namespace and the global namespace behind it', async () => {
  const { edges, from } = await analyseTexts([php], {
    'lib/Model.php': '<?php namespace Base; class Model { function save() {} } function help() {} const MAX = 1;',
    'lib/other.php': '<?php namespace Base; class Other {} function more() {}',
    'global.php': '<?php function everywhere() {} class Lone {}',
    'src/User.php': `<?php
namespace App;
use Base\\Model as M;
use Base\\{Other, Missing};
use function Base\\help;
use const Base\\MAX;
use Base;
class User extends M {
    function run() {
        help();
        everywhere();
        \\Base\\more();
        Base\\more();
        new Other();
        new Lone();
        new \\Lone();
        strlen('');
        run();
        return MAX;
    }
}
`,
  })
  assert.deepEqual(from('src/User.php'), [
    'src/User.php -imports-> lib/Model.php (import)',
    'src/User.php -imports-> lib/other.php (import)',
  ])
  assert.deepEqual(from('src/User.php#User.run'), [
    'src/User.php#User.run -calls-> global.php#everywhere (package)',
    'src/User.php#User.run -calls-> lib/Model.php#help (import)',
    'src/User.php#User.run -calls-> lib/other.php#more (package)',
    'src/User.php#User.run -instantiates-> global.php#Lone (package)',
    'src/User.php#User.run -instantiates-> lib/other.php#Other (import)',
    'src/User.php#User.run -references-> lib/Model.php#MAX (import)',
  ])
  assert.ok(edges.includes('src/User.php#User -extends-> lib/Model.php#Model (import)'))
})

test('a class without a namespace is not looked for in the global one from inside another', async () => {
  const { edges } = await analyseTexts([php], {
    'a.php': '<?php class Lone {}',
    'b.php': '<?php namespace App; function f() { return new Lone(); }',
  })
  assert.deepEqual(edges, [])
})

test('an inherited method that gives `static` gives what it is called on, one that gives `self` what declares it', async () => {
  const { from } = await analyseTexts([php], {
    'Number.php': `<?php
abstract class Number {
    final public static function of($value): static { return new static(); }
    /** @return static */
    public static function from($value) { return new static(); }
    public static function one(): self { return Whole::of(1); }
    public function text() {}
}
class Whole extends Number { public function text() {} }
`,
    'use.php': `<?php
function late() { Whole::of(1)->text(); }
function said() { Whole::from(1)->text(); }
function early() { Whole::one()->text(); }
`,
  })
  const calls = (name: string): boolean =>
    from(`use.php#${name}`).some((edge) => edge.includes('Number.php#Whole.text'))
  assert.deepEqual([calls('late'), calls('said'), calls('early')], [true, true, false])
})

test('receivers are known by types, properties, doc comments, results and inheritance', async () => {
  const { from } = await analyseTexts([php], {
    'Engine.php': `<?php
class Engine { public Part $part; function start(): static { return $this; } static function make() { return new Engine(); } const ON = 1; }
class Part { function fit() {} }
trait Loud { function shout() {} }
class Base { function shout() {} function __construct() {} }
`,
    'Car.php': `<?php
class Car extends Base {
    use Loud;
    private $engine;
    /** @var Part[] */
    private $parts;
    private $made;
    function __construct(private ?Engine $spare, $other) { parent::__construct(); $this->engine = new Engine(); $this->made = $other; }
    /** @return Part|null */
    function first() { return $this->parts[0]; }
    /** @param Engine $one */
    function run($one) {
        $this->engine->start();
        $this->spare?->part->fit();
        foreach ($this->parts as $key => $part) { $part->fit(); }
    }
    function more($one) { $this->first()->fit(); $this->shout(); Engine::make()->start(); return Engine::ON; }
    /** @param Engine $one */
    function given($one) { $one->start(); $this->made->start(); $f = fn (Part $p) => $p->fit(); }
    function start() { start(); $this->fit(); }
}
`,
  })
  assert.deepEqual(from('Car.php#Car.run'), [
    'Car.php#Car.run -calls-> Engine.php#Engine.start (receiver-type)',
    'Car.php#Car.run -calls-> Engine.php#Part.fit (receiver-type)',
    'Car.php#Car.run -references-> Car.php#Car.engine (receiver-type)',
    'Car.php#Car.run -references-> Car.php#Car.parts (receiver-type)',
    'Car.php#Car.run -references-> Car.php#Car.spare (receiver-type)',
    'Car.php#Car.run -references-> Engine.php#Engine.part (receiver-type)',
  ])
  assert.deepEqual(from('Car.php#Car.more'), [
    'Car.php#Car.more -calls-> Car.php#Car.first (receiver-type)',
    'Car.php#Car.more -calls-> Engine.php#Engine.make (receiver-type)',
    'Car.php#Car.more -calls-> Engine.php#Engine.start (receiver-type)',
    'Car.php#Car.more -calls-> Engine.php#Loud.shout (inheritance)',
    'Car.php#Car.more -calls-> Engine.php#Part.fit (receiver-type)',
    'Car.php#Car.more -references-> Engine.php#Engine.ON (receiver-type)',
    'Car.php#Car.more -uses-type-> Engine.php#Engine (package)',
  ])
  assert.deepEqual(from('Car.php#Car.given'), [
    'Car.php#Car.given -calls-> Engine.php#Engine.start (receiver-type)',
    'Car.php#Car.given -calls-> Engine.php#Part.fit (receiver-type)',
    'Car.php#Car.given -references-> Car.php#Car.made (receiver-type)',
    'Car.php#Car.given -uses-type-> Engine.php#Part (package)',
  ])
  assert.deepEqual(from('Car.php#Car.start'), [])
  assert.ok(
    from('Car.php#Car.__construct').includes(
      'Car.php#Car.__construct -calls-> Engine.php#Base.__construct (receiver-type)',
    ),
  )
  assert.ok(from('Car.php#Car').includes('Car.php#Car -mixes-in-> Engine.php#Loud (package)'))
})

test('include names files beside the script, above it and at the root', async () => {
  const { edges } = await analyseTexts([php], {
    'a/main.php': `<html><?php
require __DIR__ . '/x.php'; include_once('y.php'); require dirname(__DIR__) . '/z.php'; require dirname(__FILE__, 2) . "/boot.php";
require $dynamic; include 'gone.php'; ?>`,
    'a/x.php': '<?php',
    'y.php': '<?php',
    'z.php': '<?php',
    'boot.php': '<?php',
  })
  assert.deepEqual(
    edges.map((edge) => edge.replace('a/main.php -imports-> ', '')),
    ['a/x.php (import)', 'boot.php (import)', 'y.php (import)', 'z.php (import)'],
  )
})

test('what of a damaged file can be read is kept', async () => {
  const good = 'class Good { function f() { g(); } }\nfunction g() {}\n'
  for (const [name, text] of Object.entries({
    'bom.php': `\uFEFF<?php ${good}`,
    'crlf.php': `<?php\r\n${good.replaceAll('\n', '\r\n')}`,
    'half.php': `<?php ${good} function ( { ] class class $$$ %%`,
    'nul.php': `<?php ${good} // \0`,
  })) {
    const { edges } = await analyseTexts([php], { [name]: text })
    assert.ok(edges.includes(`${name}#Good.f -calls-> ${name}#g (same-file)`), name)
  }
  const deep = `<?php ${good} $x = ${'['.repeat(10_000)}${']'.repeat(10_000)};`
  const bytes = Array.from({ length: 5_000 }, (_, at) => String.fromCharCode((at * 7_919) % 251)).join('')
  const { analysis } = await analyseTexts([php], { 'deep.php': deep, 'noise.php': bytes, 'good.php': `<?php ${good}` })
  assert.ok(analysis.components.some((one) => one.id === 'good.php#Good'))
})

test('functions that are taken as values are referred to, not called', async () => {
  const { from } = await analyseTexts([php], {
    'a.php': `<?php
function f($x) { return $x; }
class T { public function m() {} public static function s() {} }
function taken(T $t) { $a = f(...); $b = $t->m( ... ); $c = T::s(...); $d = strlen(...); $a->call($t); }
function called(T $t) { f($t->m(), T::s()); }`,
  })
  assert.deepEqual(from('a.php#taken'), [
    'a.php#taken -references-> a.php#T.m (receiver-type)',
    'a.php#taken -references-> a.php#T.s (receiver-type)',
    'a.php#taken -references-> a.php#f (same-file)',
    'a.php#taken -uses-type-> a.php#T (same-file)',
  ])
  assert.deepEqual(from('a.php#called'), [
    'a.php#called -calls-> a.php#T.m (receiver-type)',
    'a.php#called -calls-> a.php#T.s (receiver-type)',
    'a.php#called -calls-> a.php#f (same-file)',
    'a.php#called -uses-type-> a.php#T (same-file)',
  ])
})

test('a path that begins with that of the file itself is no import', async () => {
  const { analysis } = await analyseTexts([php], { 'a.php': `<?php require __FILE__ . '.inc'; function f() {}` })
  assert.deepEqual(analysis.reports[0]?.failed, [])
})

test('types of doc comments may be in parentheses, and nested without an end', async () => {
  const { from } = await analyseTexts([php], {
    'a.php': `<?php
class T { public function m() {} }
class U {
  /** @return (T|null)[] */
  public function all() { return x(); }
  /** @return T${'[]'.repeat(20_000)} */
  public function deep() { return x(); }
  public function use() { $this->all()[0]->m(); $this->deep()[0]; }
}`,
  })
  assert.ok(from('a.php#U.use').includes('a.php#U.use -calls-> a.php#T.m (receiver-type)'))
})

test('a tag for callers of named arguments is no part of the text', async () => {
  const { component } = await analyseTexts([php], {
    'a.php':
      '<?php\n/**\n * Moves a probe.\n *\n * @no-named-arguments Names of parameters may change\n */\nfunction fly(int $far): void {}\n',
  })
  assert.equal(component('a.php#fly').doc, 'Moves a probe.')
})

test('a description that begins like one has no type', async () => {
  const { component } = await analyseTexts([php], {
    'a.php': `<?php
class T {
  /** @return The plan. */
  public function plan() {}
  /** @return Whether it burns. */
  public function burns() {}
  /** @return Plan the plan. */
  public function own() {}
}`,
  })
  assert.deepEqual(
    ['plan', 'burns', 'own'].map((name) =>
      component(`a.php#T.${name}`).details?.returns?.map(({ type, text }) => [type, text]),
    ),
    [[['', 'The plan.']], [['', 'Whether it burns.']], [['Plan', 'the plan.']]],
  )
})

test('methods of a class without a name are not public, functions of a file are', async () => {
  const { analysis } = await analyseTexts([php], {
    'db/create.php':
      '<?php\nfunction seed() {}\nreturn new class extends Migration {\n  public function up(): void {}\n};\n',
  })
  assert.deepEqual(
    analysis.components.map(({ name, exported }) => [name, exported]),
    [
      ['seed', true],
      ['up', false],
    ],
  )
})
