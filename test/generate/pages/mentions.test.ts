import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Binding, Component } from '#generate/model.ts'
import { Mentions } from '#generate/pages/names/mentions.ts'
import { Origins } from '#generate/pages/names/origins.ts'
import { indexRepo, type RepoIndex } from '#generate/pages/repo-index.ts'
import { partition } from '#generate/partition/partition.ts'
import { component, document, edge, file, type Sample, sample, subject } from './sample.ts'

function mentionsOf({ inventory, analysis }: Sample): Mentions {
  return new Mentions(indexRepo(inventory, analysis, partition(inventory, analysis, subject)), analysis)
}

const bound = (name: string, imported: string | null, module: string, to: string | null): Binding => {
  return { name, imported, module, to, line: 1 }
}
const type = (extra: Partial<Component> = {}): Partial<Component> => ({ kind: 'class', ...extra })
const config = file('src/flask/config.py', 'class Config\nroot_path\n__init__\nget\n', { language: 'python' })
const app = file('src/flask/app.py', 'class App\nrun\nroot_path\nname\nclass Flask\n', { language: 'python' })
const other = file('src/flask/other.py', 'def helper\nclass Response\n', { language: 'python' })
const app_ = `${app.path}#App`
const flask = sample(
  [config, app, other],
  [
    component(config, 'Config', type({ signature: 'class Config(dict)' })),
    component(config, 'Config.root_path', { kind: 'field', signature: 'root_path' }),
    component(config, 'Config.__init__', {
      kind: 'method',
      signature: 'def __init__(self, root_path: str, defaults=None)',
    }),
    component(config, 'Config.get', { kind: 'method', signature: 'def get(self, key)' }),
    component(app, 'App', type()),
    component(app, 'App.run', { kind: 'method', signature: 'def run(self, name)' }),
    component(app, 'App.root_path', { kind: 'field', signature: 'root_path' }),
    component(app, 'App.name', { kind: 'field', signature: 'name' }),
    component(app, 'Flask', type({ signature: 'class Flask(App)' })),
    component(other, 'helper', { signature: 'def helper()' }),
    component(other, 'Response', type()),
  ],
  [edge(`${app.path}#Flask`, app_, { kind: 'extends' }), edge(app.path, `${config.path}#Config`, { kind: 'imports' })],
)
const mentions = mentionsOf(flask)
const of = (text: string, path: string, self?: string, isReference = false): string | null =>
  mentions.resolve(text, path, self === undefined ? undefined : `${path}#${self}`, isReference)

test('a bare name is a member, something of the file or something it uses, in exactly its case', () => {
  assert.equal(of('get', config.path, 'Config'), `${config.path}#Config.get`)
  assert.equal(of('run()', app.path, 'App.name'), `${app_}.run`)
  assert.equal(of('Flask', app.path), `${app.path}#Flask`)
  assert.equal(of('Config', app.path), `${config.path}#Config`)
  assert.equal(of('config', app.path), null)
  assert.equal(of('run', app.path, 'Flask'), `${app_}.run`, 'inherited')
})

test('what is in no scope is no mention, though nothing else has its name', () => {
  assert.equal(of('helper', app.path), null)
  assert.equal(of('Response', config.path, 'Config'), null)
  assert.equal(of('get', app.path), null)
})

test('a parameter of what a comment is about is no mention, nor one of what makes it', () => {
  assert.equal(of('root_path', config.path, 'Config'), null)
  assert.equal(of('name', app.path, 'App.run'), null)
  assert.equal(of('name', app.path, 'App'), `${app_}.name`)
})

test('a name told whole is found from everywhere; a reference also behind its package', () => {
  assert.equal(of('App.run', config.path), `${app_}.run`)
  assert.equal(of('Flask.run', config.path), `${app_}.run`, 'inherited')
  assert.equal(of('flask.App.run', config.path), `${app_}.run`)
  assert.equal(of('werkzeug.App.run', config.path), null)
  assert.equal(of('flask.helper', config.path), null)
  assert.equal(of('flask.helper', config.path, 'Config', true), `${other.path}#helper`)
  assert.equal(of('werkzeug.Response', config.path, 'Config', true), null)
  assert.equal(of('Response', config.path, 'Config', true), `${other.path}#Response`)
  assert.equal(of('App.root_path', config.path, 'Config', true), `${app_}.root_path`)
})

test('of overloads the one with the types that are said is meant; a name in a type is not what makes the type', () => {
  const gson = file('com/acme/Gson.java', 'class Gson\nGson()\ntoJson\n', { language: 'java' })
  const beside = file('com/acme/Beside.java', 'class Beside\n', { language: 'java' })
  const apart = file('com/apart/Apart.java', 'class Apart\n', { language: 'java' })
  const overload = (types: string, number: string): Component =>
    component(gson, 'Gson.toJson', {
      id: `${gson.path}#Gson.toJson${number}`,
      kind: 'method',
      signature: `String toJson(${types})`,
      label: `Gson.toJson(${types})`,
    })
  const java = mentionsOf(
    sample(
      [gson, beside, apart],
      [
        component(gson, 'Gson', type()),
        component(gson, 'Gson.Gson', { kind: 'method', signature: 'Gson()' }),
        overload('Object', ''),
        overload('Map<String, Object>, Type', '~2'),
        component(beside, 'Beside', type()),
        component(apart, 'Apart', type()),
      ],
    ),
  )
  const in_ = (text: string, isReference = false): string | null =>
    java.resolve(text, gson.path, `${gson.path}#Gson`, isReference)
  assert.equal(in_('toJson(Object)'), `${gson.path}#Gson.toJson`)
  assert.equal(in_('#toJson(Map, java.lang.Type)', true), `${gson.path}#Gson.toJson~2`)
  assert.equal(in_('Gson#toJson(Map<String, Object> a, Type b)', true), `${gson.path}#Gson.toJson~2`)
  assert.equal(in_('toJson'), null, 'which of them nobody says')
  assert.equal(in_('#toJson', true), `${gson.path}#Gson.toJson`)
  assert.equal(java.resolve('Gson', gson.path, `${gson.path}#Gson.toJson`), `${gson.path}#Gson`)
  assert.equal(in_('Beside'), `${beside.path}#Beside`, 'of its package')
  assert.equal(in_('Apart'), null)
  assert.equal(in_('com.apart.Apart', true), `${apart.path}#Apart`)
  assert.equal(in_('java.util.Beside', true), null)
})

test('what a file has from outside is no mention, whatever is called the same here', () => {
  const json = file('src/flask/json/__init__.py', 'def loads\ndef dumps\n', { language: 'python' })
  const package_ = file('src/flask/__init__.py', '', { language: 'python' })
  const outside = file('src/flask/config.py', 'import json\nfrom werkzeug import Request\nclass Config\n', {
    language: 'python',
  })
  const inside = file('src/flask/app.py', 'from . import json\nfrom .wrappers import Request\n', { language: 'python' })
  const wrappers = file('src/flask/wrappers.py', 'class Request\n', { language: 'python' })
  // `src` is a package by its files, and a manifest says that modules begin in it.
  const odd = file('src/__init__.py', '', { language: 'python' })
  const stated = file('src/main.py', 'from flask.wrappers import Request\nimport flask.json\n', { language: 'python' })
  const found = mentionsOf(
    sample(
      [json, package_, outside, inside, wrappers, odd, stated],
      [
        component(json, 'loads', {}),
        component(outside, 'Config', type()),
        component(outside, 'Config.json', { kind: 'field' }),
        component(wrappers, 'Request', type()),
        component(wrappers, 'Request.url', { kind: 'field' }),
      ],
      [
        edge(inside.path, json.path, { kind: 'imports' }),
        edge(inside.path, wrappers.path, { kind: 'imports' }),
        edge(stated.path, json.path, { kind: 'imports' }),
        edge(stated.path, `${wrappers.path}#Request`, { kind: 'calls' }),
      ],
      {},
      {
        known: {
          [outside.path]: {
            bindings: [bound('json', null, 'json', null), bound('Request', 'Request', 'werkzeug', null)],
          },
          [inside.path]: {
            bindings: [
              bound('json', 'json', '.', json.path),
              bound('Request', 'Request', '.wrappers', `${wrappers.path}#Request`),
            ],
          },
          [stated.path]: {
            bindings: [
              bound('Request', 'Request', 'flask.wrappers', `${wrappers.path}#Request`),
              bound('flask', null, 'flask.json', package_.path),
            ],
          },
        },
      },
    ),
  )
  const from = (path: string, text: string, self?: string): string | null =>
    found.resolve(text, path, self === undefined ? undefined : `${path}#${self}`, true)
  assert.equal(from(outside.path, 'json.loads'), null)
  assert.equal(from(outside.path, 'json.loads', 'Config'), null)
  assert.equal(from(outside.path, 'json', 'Config'), `${outside.path}#Config.json`, 'a member is nearer')
  assert.equal(from(outside.path, 'Request'), null)
  assert.equal(from(outside.path, 'flask.json.loads'), `${json.path}#loads`)
  assert.equal(from(outside.path, '.json.loads'), `${json.path}#loads`, 'the end of a longer name')
  assert.equal(from(inside.path, 'json.loads'), `${json.path}#loads`)
  assert.equal(from(inside.path, 'Request'), `${wrappers.path}#Request`)
  assert.equal(from(stated.path, 'Request'), `${wrappers.path}#Request`)
  assert.equal(from(stated.path, 'flask.json.loads'), `${json.path}#loads`)
  assert.equal(from(wrappers.path, 'json.loads'), null, 'a dotted name is absolute')
  assert.equal(from(package_.path, 'wrappers.Request.url'), `${wrappers.path}#Request.url`, 'a type and its member')
  assert.equal(from(wrappers.path, 'flask.json.loads'), `${json.path}#loads`)
})

test('imports of other languages', () => {
  const own = file('packages/core/src/query.ts', 'class Query\n', { language: 'typescript' })
  const other = file('packages/app/a.ts', "import { Query } from 'pg'\n", { language: 'typescript' })
  const user = file('packages/app/b.ts', "import { Query } from '@acme/core'\n", { language: 'typescript' })
  const list = file('src/main/java/com/acme/util/List.java', 'class List\n', { language: 'java' })
  const main = file('src/main/java/com/acme/Main.java', 'import java.util.List;\n', { language: 'java' })
  const found = mentionsOf(
    sample(
      [own, other, user, list, main],
      [component(own, 'Query', type()), component(list, 'List', type())],
      [edge(user.path, `${own.path}#Query`, { kind: 'references' })],
      {},
      {
        known: {
          [other.path]: { bindings: [bound('Query', 'Query', 'pg', null)] },
          [user.path]: { bindings: [bound('Query', 'Query', '@acme/core', `${own.path}#Query`)] },
          [main.path]: { bindings: [bound('List', 'List', 'java.util', null)] },
        },
      },
    ),
  )
  assert.equal(found.resolve('Query', other.path, undefined, true), null)
  assert.equal(found.resolve('Query', user.path, undefined, true), `${own.path}#Query`)
  assert.equal(found.resolve('List', main.path, undefined, true), null)
  assert.equal(found.resolve('java.util.List', list.path, undefined, true), null)
  assert.equal(found.resolve('com.acme.util.List', main.path, undefined, true), `${list.path}#List`)
})

test('an alias of what is elsewhere is no mention; what makes a type is not inherited', () => {
  const compat = file('compat.py', 'str = str\nclass A\nname\n', { language: 'python' })
  const base = file('acme/Base.java', 'class Base\nBase()\n', { language: 'java' })
  const sub = file('acme/Sub.java', 'class Sub\n', { language: 'java' })
  const found = mentionsOf(
    sample(
      [compat, base, sub],
      [
        component(compat, 'str', { kind: 'constant', signature: 'str = str' }),
        component(compat, 'A', type()),
        component(compat, 'A.name', { kind: 'field', signature: 'name = name' }),
        component(base, 'Base', type()),
        component(base, 'Base.Base', { kind: 'method', signature: 'Base()' }),
        component(sub, 'Sub', type()),
      ],
      [edge(`${sub.path}#Sub`, `${base.path}#Base`, { kind: 'extends' })],
    ),
  )
  assert.equal(found.resolve('str', compat.path, undefined), null)
  assert.equal(found.resolve('name', compat.path, `${compat.path}#A`), `${compat.path}#A.name`, 'an attribute is none')
  assert.equal(found.resolve('Base', sub.path, `${sub.path}#Sub`), `${base.path}#Base`)
})

test('links of comments lead to entries, never to the section they stand in; what is unknown stays code', () => {
  const a = file('src/a.ts', 'class Plan\nlimit\nmake\n')
  const whole = document(
    sample(
      [a],
      [
        component(a, 'Plan', {
          kind: 'class',
          doc: 'Built by [the maker](symbol:make), `limit`, [`gone`](symbol:gone%28%29) and `make`.\n\n[`x`](symbol:%E0%A4)',
        }),
        component(a, 'Plan.limit', { kind: 'field', signature: 'limit: number', doc: 'How far a ship may go.' }),
        component(a, 'make', { doc: 'Puts the parts of a ship together.' }),
      ],
    ),
  )
  const page = [...whole.markdown.values()].join('\n')
  assert.match(page, /Built by \[the maker\]\(#make\), \[`limit`\]\(#planlimit\), `gone` and \[`make`\]\(#make\)\./)
  assert.deepEqual(whole.verification.faults, [])
})

test('a name behind # is a member of instances, and no function of a namespace', () => {
  const types = file('types/orbit.d.ts', 'function orbit\nunix\nclass Orbit\nunix\nnow\n')
  const own = mentionsOf(
    sample(
      [types],
      [
        component(types, 'orbit', {}),
        component(types, 'orbit.unix', { signature: 'unix(t: number): Orbit' }),
        component(types, 'Orbit', type()),
        component(types, 'Orbit.unix', { kind: 'method', signature: 'unix(): number' }),
        component(types, 'Orbit.now', { kind: 'method', signature: 'static now(): number' }),
      ],
    ),
  )
  const to = (text: string): string | null => own.resolve(text, types.path, `${types.path}#Orbit.unix`)
  assert.equal(to('orbit.unix()'), `${types.path}#orbit.unix`)
  assert.equal(to('orbit#unix()'), null)
  assert.equal(to('Orbit#unix()'), `${types.path}#Orbit.unix`)
  assert.deepEqual([to('Orbit.now()'), to('Orbit#now()')], [`${types.path}#Orbit.now`, null])
})

test('names of anybody’s making take no time', () => {
  for (const mark of ['a.', '#', '(', '<', '~', 'a(', '::', '@'])
    assert.equal(of(mark.repeat(99), app.path, 'App', true), null)
})

test('a call of PHP by the name alone is one of a function', () => {
  const number = file('src/Number.php', '<?php class Number {}\n', { language: 'php' })
  const own = mentionsOf(
    sample(
      [number],
      [
        component(number, 'Number', type()),
        component(number, 'Number.max', { kind: 'method', signature: 'function max($a, $b)' }),
      ],
      [],
    ),
  )
  const id = `${number.path}#Number.max`
  assert.equal(own.resolve('max($this->scale, $that->scale)', number.path, `${number.path}#Number`), null)
  assert.equal(own.resolve('max()', number.path, `${number.path}#Number`), id)
  assert.equal(own.resolve('Number::max($a, $b)', number.path, `${number.path}#Number`), id)
})

test('many imports that bind one name take time in proportion to their number', () => {
  const bindings = Array.from({ length: 20_000 }, (_, index) => bound('x', null, `m${index}`, null))
  const repo = { files: new Map(), occurrences: { bindingsOf: () => bindings } } as unknown as RepoIndex
  const before = process.cpuUsage()
  assert.equal(new Origins(repo).of('x', 'a.py'), 'outside')
  assert.ok(process.cpuUsage(before).user < 1_000_000)
})

test('a bare name of PHP is a class of its namespace, which is a folder', () => {
  const adapter = file('src/Adapter.php', 'class Adapter\nmove\n', { language: 'php' })
  const fault = file('src/Fault.php', 'class Fault\n', { language: 'php' })
  const far = file('src/Ftp/FtpFault.php', 'class FtpFault\n', { language: 'php' })
  const components = [adapter, fault, far].map((one) => component(one, /(\w+)\.php$/.exec(one.path)?.[1] ?? '', type()))
  const php = mentionsOf(sample([adapter, fault, far], components))
  assert.equal(php.resolve('Fault', adapter.path, undefined), `${fault.path}#Fault`)
  assert.equal(php.resolve('FtpFault', adapter.path, undefined), null)
})

test('a class of Ruby to which the code adds methods is that of the language', () => {
  const text = file('lib/text.rb', 'class String\ndef plan\n', { language: 'ruby' })
  const ruby = mentionsOf(
    sample(
      [text],
      [
        component(text, 'String', type({ signature: 'class String' })),
        component(text, 'String.plan', { kind: 'method', signature: 'def plan' }),
      ],
      [],
    ),
  )
  assert.equal(ruby.resolve('String', text.path, undefined), null)
  assert.equal(ruby.resolve('String#plan', text.path, undefined), `${text.path}#String.plan`)
})

test('a type of comments of Ruby is a class of that name only within what declares it', () => {
  const text = file('lib/text.rb', 'module Text\nclass Boolean\ndef plan\ndef other\n', { language: 'ruby' })
  const ruby = mentionsOf(
    sample(
      [text],
      [
        component(text, 'Text', type({ signature: 'module Text' })),
        component(text, 'Text.Boolean', type({ signature: 'class Boolean' })),
        component(text, 'Text.plan', { kind: 'method', signature: 'def plan' }),
        component(text, 'other', { kind: 'method', signature: 'def other' }),
      ],
      [edge(text.path, `${text.path}#Text.Boolean`, { kind: 'uses-type' })],
    ),
  )
  assert.equal(ruby.resolve('Boolean', text.path, `${text.path}#Text.plan`), `${text.path}#Text.Boolean`)
  assert.equal(ruby.resolve('Boolean', text.path, `${text.path}#other`), null)
})

test('a class of Ruby in a module that is no component is not in scope in the modules around that', () => {
  const text = file('lib/text.rb', 'module Text\nmodule Fields\nclass Boolean\ndef plan\n', { language: 'ruby' })
  const ruby = mentionsOf(
    sample(
      [text],
      [
        component(text, 'Text', type({ signature: 'module Text' })),
        component(text, 'Text.Fields.Boolean', type({ signature: 'class Boolean', parent: `${text.path}#Text` })),
        component(text, 'Text.Fields.Boolean.cast', { kind: 'method', signature: 'def cast' }),
        component(text, 'Text.plan', { kind: 'method', signature: 'def plan', parent: `${text.path}#Text` }),
      ],
      [edge(text.path, `${text.path}#Text.Fields.Boolean`, { kind: 'uses-type' })],
    ),
  )
  const id = `${text.path}#Text.Fields.Boolean`
  assert.equal(ruby.resolve('Boolean', text.path, `${text.path}#Text.plan`), null)
  assert.equal(ruby.resolve('Boolean', text.path, `${id}.cast`), id)
})
