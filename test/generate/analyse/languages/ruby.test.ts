import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withRubyDelegations } from '#generate/analyse/languages/ruby/delegations.ts'
import { ruby } from '#generate/analyse/languages/ruby/ruby.ts'
import { sourceFile } from '../component.ts'
import { analyseTexts } from './analyse-texts.ts'

test('declarations of Ruby have kinds, visibility, signatures and comments', async () => {
  const { analysis, component } = await analyseTexts([ruby], {
    'lib/shop.rb': `# frozen_string_literal: true

# All of it.
module Shop::Core
  VERSION = '1.0'
  Point = Struct.new(:x, :y) do
    def length = x
  end
  Missing = Class.new(StandardError)
  # An order.
  #
  # @param id [Integer] which one
  # @return [Order, nil]
  class Order < Base
    attr_reader :id, 'total'
    def self.find(id, *rest, with: 1); end
    class << self
      def build; end
      private
      def hidden; end
    end
    define_method(:dynamic) { |x| x }
    alias_method :other, :pay
    def pay!(now) = now
    private
    def secret; end
    protected def shown; end
    public
    def late; end
    def named; end
    private :named
    def run; def inner; end; @count = 1; end
  end
end
def top; end
`,
  })
  const lines = analysis.components.map((one) => `${one.kind} ${one.qualifiedName} ${one.visibility} ${one.exported}`)
  assert.deepEqual(lines, [
    'namespace Shop.Core public true',
    'constant Shop.Core.VERSION public true',
    'class Shop.Core.Point public true',
    'field Shop.Core.Point.x public true',
    'field Shop.Core.Point.y public true',
    'method Shop.Core.Point.length public true',
    'class Shop.Core.Missing public true',
    'class Shop.Core.Order public true',
    'field Shop.Core.Order.id public true',
    'field Shop.Core.Order.total public true',
    'method Shop.Core.Order.find public true',
    'method Shop.Core.Order.build public true',
    'method Shop.Core.Order.hidden private false',
    'method Shop.Core.Order.dynamic public true',
    'method Shop.Core.Order.other public true',
    'method Shop.Core.Order.pay! public true',
    'method Shop.Core.Order.secret private false',
    'method Shop.Core.Order.shown protected false',
    'method Shop.Core.Order.late public true',
    'method Shop.Core.Order.named private false',
    'method Shop.Core.Order.run public true',
    'function top public true',
  ])
  assert.equal(component('lib/shop.rb#Shop.Core.Order.find').signature, 'def self.find(id, *rest, with: 1)')
  assert.equal(component('lib/shop.rb#Shop.Core.Order').signature, 'class Order < Base')
  assert.equal(component('lib/shop.rb#Shop.Core').doc, 'All of it.')
  assert.equal(component('lib/shop.rb#Shop.Core.Order').doc, 'An order.')
})

test('constants are found in the modules around, in ancestors, then at the top', async () => {
  const { from } = await analyseTexts([ruby], {
    'lib/a.rb': `module A
  LIMIT = 1
  class Inner; end
  class Base; KIND = 2; end
end
class Top; end
class Inner; end
`,
    'lib/b.rb': `module A
  class Thing < Base
    def run
      [LIMIT, Inner, KIND, Top, ::Inner, A::Inner, Nowhere::LIMIT]
    end
  end
end
`,
  })
  assert.deepEqual(from('lib/b.rb#A.Thing.run'), [
    'lib/b.rb#A.Thing.run -references-> lib/a.rb#A.Base.KIND (inheritance)',
    'lib/b.rb#A.Thing.run -references-> lib/a.rb#A.LIMIT (package)',
    'lib/b.rb#A.Thing.run -uses-type-> lib/a.rb#A.Inner (package)',
    'lib/b.rb#A.Thing.run -uses-type-> lib/a.rb#Inner (package)',
    'lib/b.rb#A.Thing.run -uses-type-> lib/a.rb#Top (package)',
  ])
  assert.deepEqual(from('lib/b.rb#A.Thing'), ['lib/b.rb#A.Thing -extends-> lib/a.rb#A.Base (package)'])
})

test('methods of a class and of its objects are apart', async () => {
  const { from } = await analyseTexts([ruby], {
    'a.rb': `class Box
  def self.open; close; new; end
  def open; shut; self.class.open; end
  def self.close; end
  def shut; @lid = Lid.new; end
  def lift; @lid.up; lid.up; Box.open; Box.shut; Box.new.shut; end
  attr_reader :lid
  close
end
class Lid; def up; end; def self.up; end; end
`,
  })
  assert.deepEqual(from('a.rb#Box.open'), [
    'a.rb#Box.open -calls-> a.rb#Box.close (receiver-type)',
    'a.rb#Box.open -instantiates-> a.rb#Box (receiver-type)',
  ])
  assert.deepEqual(from('a.rb#Box.open~2'), [
    'a.rb#Box.open~2 -calls-> a.rb#Box.open (receiver-type)',
    'a.rb#Box.open~2 -calls-> a.rb#Box.shut (receiver-type)',
  ])
  assert.deepEqual(from('a.rb#Box.lift'), [
    'a.rb#Box.lift -calls-> a.rb#Box.open (receiver-type)',
    'a.rb#Box.lift -calls-> a.rb#Box.shut (receiver-type)',
    'a.rb#Box.lift -calls-> a.rb#Lid.up (receiver-type)',
    'a.rb#Box.lift -instantiates-> a.rb#Box (receiver-type)',
    'a.rb#Box.lift -references-> a.rb#Box.lid (receiver-type)',
    'a.rb#Box.lift -uses-type-> a.rb#Box (same-file)',
  ])
  assert.ok(from('a.rb#Box').includes('a.rb#Box -calls-> a.rb#Box.close (receiver-type)'))
})

test('modules give what they are included, extended and opened for', async () => {
  const { from } = await analyseTexts([ruby], {
    'lib/mix.rb': `module Mix
  def mixed; end
  def self.included(base); base.extend(ClassMethods); end
  module ClassMethods; def declare; end; end
end
module Tool
  extend self
  def helping; end
  module_function
  def both; end
end
module Dsl; def word; end; end
`,
    'lib/user.rb': `class Parent; def run(x); end; end
class User < Parent
  include Mix
  extend Dsl
  word
  declare
  def run(x); super; mixed; Tool.both; Tool.helping; reopened; local = 1; local; end
end
`,
    'lib/more.rb': 'class User; def reopened; end; end',
  })
  assert.deepEqual(from('lib/user.rb#User.run'), [
    'lib/user.rb#User.run -calls-> lib/mix.rb#Mix.mixed (inheritance)',
    'lib/user.rb#User.run -calls-> lib/mix.rb#Tool.both (receiver-type)',
    'lib/user.rb#User.run -calls-> lib/mix.rb#Tool.helping (receiver-type)',
    'lib/user.rb#User.run -calls-> lib/more.rb#User.reopened (receiver-type)',
    'lib/user.rb#User.run -calls-> lib/user.rb#Parent.run (inheritance)',
    'lib/user.rb#User.run -overrides-> lib/user.rb#Parent.run (inheritance)',
    'lib/user.rb#User.run -references-> lib/mix.rb#Tool (package)',
  ])
  assert.deepEqual(from('lib/user.rb#User'), [
    'lib/user.rb#User -calls-> lib/mix.rb#Dsl.word (receiver-type)',
    'lib/user.rb#User -calls-> lib/mix.rb#Mix.ClassMethods.declare (inheritance)',
    'lib/user.rb#User -extends-> lib/user.rb#Parent (same-file)',
    'lib/user.rb#User -mixes-in-> lib/mix.rb#Mix (package)',
    'lib/user.rb#User -references-> lib/mix.rb#Dsl (package)',
  ])
})

test('a class without a superclass is where the file named after it opens it, or else the longest part', async () => {
  const parts = { 'a.rb': 'class Plan; V = 1; end', 'b.rb': 'class Leg; end' }
  const longer = { 'lib/long.rb': 'class Leg\n  def go\n  end\nend', 'lib/plan.rb': 'class Plan; end' }
  const { from } = await analyseTexts([ruby], { ...parts, ...longer, 'run.rb': 'def run; Plan.new; Leg.new; end' })
  const found = from('run.rb#run').filter((edge) => edge.includes('instantiates'))
  assert.deepEqual(found, [
    'run.rb#run -instantiates-> lib/long.rb#Leg (receiver-type)',
    'run.rb#run -instantiates-> lib/plan.rb#Plan (receiver-type)',
  ])
})

test('of the files that open a module the one that bears its name stands for it', async () => {
  const { edges, component } = await analyseTexts([ruby], {
    'lib/long.rb': 'module Tool\n  LIMIT = 1\n  def self.run; end\n  class Part\n  end\nend\n',
    'lib/tool.rb': 'module Tool\n  module HTTPClient\n  end\nend\n',
    'lib/tool/http_client.rb': 'module Tool\n  module HTTPClient\n  end\nend\n',
    'bin/use.rb': 'puts Tool::HTTPClient\nclass Own\n  include Tool\n  def go; Tool.run; end\nend\n',
  })
  assert.deepEqual(edges, [
    'bin/use.rb -references-> lib/tool/http_client.rb#Tool.HTTPClient (receiver-type)',
    'bin/use.rb#Own -mixes-in-> lib/tool.rb#Tool (package)',
    'bin/use.rb#Own.go -calls-> lib/long.rb#Tool.run (receiver-type)',
    'bin/use.rb#Own.go -references-> lib/tool.rb#Tool (package)',
  ])
  assert.equal(component('lib/tool.rb#Tool').startLine, 1)
})

test('methods that are named as values are not called', async () => {
  const { edges } = await analyseTexts([ruby], {
    'a.rb': 'def helper(x); x; end\ndef own; [1].map(&method(:helper)); end\n',
  })
  assert.deepEqual(
    edges.filter((edge) => edge.includes('calls')),
    [],
  )
})

test('methods are not looked for in the modules around a class', async () => {
  const { edges } = await analyseTexts([ruby], {
    'a.rb':
      'module Outer\n  def self.helpers; end\n  class Inner\n    helpers\n    def run; helpers; end\n  end\nend\n',
  })
  assert.deepEqual(edges, [])
})

test('require names files of the load path, and gives what is at their top', async () => {
  const { edges } = await analyseTexts([ruby], {
    'x.gemspec': "Gem::Specification.new { |s| s.require_paths = [\n'src', 'ext/own'] }",
    'lib/shop.rb':
      "require 'shop/order'\nrequire_relative '../tools/help'\nrequire 'own'\nrequire 'far'\nrequire 'json'\nassist\nunseen\n",
    'lib/shop/order.rb': '',
    'lib/other.rb': 'def unseen; end',
    'src/own.rb': '',
    'ext/own/far.rb': '',
    'tools/help.rb': 'def assist; end',
  })
  assert.deepEqual(edges, [
    'lib/shop.rb -calls-> tools/help.rb#assist (import)',
    'lib/shop.rb -imports-> ext/own/far.rb (import)',
    'lib/shop.rb -imports-> lib/shop/order.rb (import)',
    'lib/shop.rb -imports-> src/own.rb (import)',
    'lib/shop.rb -imports-> tools/help.rb (import)',
  ])
})

test('comments of YARD tell types', async () => {
  const { from } = await analyseTexts([ruby], {
    'a.rb': `class Lid; def up; end; end
class Box
  # @param lid [Lid, nil]
  def use(lid); lid.up; end
  # @return [Lid]
  def any; magic; end
  def more; any.up; end
  def plain(lid); lid.up; end
  # @param lids [Array<Lid>, nil]
  def all(lids); lids[0].up; end
  # @param named [Hash{Symbol => Lid}]
  def named(named); named[:a].up; end
end
`,
  })
  for (const name of ['all', 'named'])
    assert.deepEqual(from(`a.rb#Box.${name}`), [`a.rb#Box.${name} -calls-> a.rb#Lid.up (receiver-type)`])
  assert.deepEqual(from('a.rb#Box.use'), ['a.rb#Box.use -calls-> a.rb#Lid.up (receiver-type)'])
  assert.ok(from('a.rb#Box.more').includes('a.rb#Box.more -calls-> a.rb#Lid.up (receiver-type)'))
  assert.deepEqual(from('a.rb#Box.plain'), ['a.rb#Box.plain -calls-> a.rb#Lid.up (unique-name)'])
})

test('what of a damaged file can be read is kept', async () => {
  const good = 'class Good\n  def f; g; end\n  def g; end\nend\n'
  for (const [name, text] of Object.entries({
    'bom.rb': `\uFEFF${good}`,
    'crlf.rb': good.replaceAll('\n', '\r\n'),
    'half.rb': `${good}\ndef ( class end end end ]]]`,
    'nul.rb': `${good}# \0`,
  })) {
    const { edges } = await analyseTexts([ruby], { [name]: text })
    assert.ok(edges.includes(`${name}#Good.f -calls-> ${name}#Good.g (receiver-type)`), name)
  }
  const bytes = Array.from({ length: 5_000 }, (_, at) => String.fromCharCode((at * 7_919) % 251)).join('')
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
  const { analysis } = await analyseTexts([ruby], { 'noise.rb': bytes, 'deep.rb': deep, 'good.rb': good })
  assert.ok(analysis.components.some((one) => one.id === 'good.rb#Good'))
})

test('the name of a method of one object is no call', async () => {
  const { from } = await analyseTexts([ruby], {
    'a.rb':
      'class A\n  def each(*); end\n  def f\n    one = Object.new\n    def one.each(*); end\n    one\n  end\nend\n',
  })
  assert.deepEqual(from('a.rb#A.f'), [])
})

test('a line that names the interpreter says nothing of its file', async () => {
  const { analysis, component } = await analyseTexts([ruby], {
    'd.rb': '# !/usr/bin/ruby\n# Does it.\nclass D\nend\n',
    'a.rb': "#!/usr/bin/ruby\n# Sums up.\nrequire 'set'\n",
    'b.rb': "# (c) 2007 A\n\n# !/usr/bin/ruby\n#\n# b.rb\n#\nrequire 'set'\n",
    'c.rb': "#! /usr/bin/env ruby\nrequire 'set'\n",
    'e.rb': "# Old versions cannot do this.\nunless VERSION > 1\n  warn 'no'\nend\n",
  })
  assert.deepEqual({ ...analysis.fileDocs }, { 'a.rb': 'Sums up.', 'b.rb': 'b.rb' })
  assert.equal(component('d.rb#D').doc, 'Does it.')
})

test('what comments keep out of the documentation is not exported', async () => {
  const { analysis } = await analyseTexts([ruby], {
    'lib/a.rb': `module Shop
  def self.inner(url) #:nodoc:
  end
  class Hidden # :nodoc:
    def run; end
    class Shown; end
  end
  module Gone # :nodoc: all
    class Away; end
  end
  # Words.
  # @api private
  def helper; end
  def shown; end
  SIZES = {
    a: 1
  }.freeze # :nodoc:
  attr_reader :first,
              :second # :nodoc:
  def many(one,
           two) # :nodoc:
  end
  # :stopdoc:
  def stopped; end
  # :startdoc:
  def started; end
  class Part
    def open; end
    # :enddoc:
    def ended; end
  end
  def last; end
  # :stopdoc:
  def never; end
end
`,
  })
  const shown = analysis.components.filter(({ exported }) => exported).map(({ qualifiedName }) => qualifiedName)
  assert.deepEqual(shown, [
    'Shop',
    'Shop.Hidden.Shown',
    'Shop.shown',
    'Shop.started',
    'Shop.Part',
    'Shop.Part.open',
    'Shop.last',
  ])
})

test('methods of a module itself are not those of what includes it', async () => {
  const { edges } = await analyseTexts([ruby], {
    'lib/a.rb': `module Party
  def self.included(base)
    base.extend ClassMethods
  end
  module ClassMethods
    def get; end
  end
  def self.get
    Basement.get
  end
  class Basement
    include Party
    def again
      self.class.get
    end
  end
end
`,
  })
  assert.ok(
    edges.some((edge) => /Party\.get -calls-> .*ClassMethods\.get/.test(edge)),
    edges.join('\n'),
  )
  assert.ok(edges.some((edge) => /Basement\.again -calls-> .*ClassMethods\.get/.test(edge)))
  assert.ok(!edges.some((edge) => /calls-> \S*Party\.get\b/.test(edge)))
})

test('methods that only hand over have their names, and those of `class << self` say whose they are', async () => {
  const { analysis, component } = await analyseTexts([ruby], {
    'a.rb': `class Pool
  class << self
    attr_accessor :size, :limit
    def build(name); end
    alias [] build
    def_delegators :@all, :each, :clear!, :last=
  end
  def_delegator :@all, :count
  def_delegator :@all, :count, :total
  delegate :name, :owner, to: :config, allow_nil: true
  delegate :key, to: :config, prefix: true
end
`,
  })
  const lines = analysis.components.slice(1).map(({ kind, name, signature }) => `${kind} ${name}: ${signature}`)
  assert.deepEqual(lines, [
    'field size: class << self; attr_accessor :size',
    'field limit: class << self; attr_accessor :limit',
    'method build: def self.build(name)',
    'method []: class << self; alias [] build',
    'method each: class << self; def_delegators :@all, :each',
    'method clear!: class << self; def_delegators :@all, :clear!',
    'method last=: class << self; def_delegators :@all, :last=',
    'method count: def_delegator :@all, :count',
    'method total: def_delegator :@all, :count, :total',
    'method name: delegate :name, to: :config',
    'method owner: delegate :owner, to: :config',
  ])
  assert.equal(component('a.rb#Pool.each').startLine, 6)
})

test('a constant in `class << self` is not a public constant of the class', async () => {
  const { component } = await analyseTexts([ruby], {
    'a.rb': `module Shop
  SIZE = 1
  class << self
    RATE = /a/
    def price = RATE
  end
end
`,
  })
  const told = ['SIZE', 'RATE', 'price'].map((name) => component(`a.rb#Shop.${name}`))
  assert.deepEqual(
    told.map(({ name, visibility, exported }) => `${name} ${visibility} ${exported}`),
    ['SIZE public true', 'RATE private false', 'price public true'],
  )
})

test('a method that only hands over has the parameters of the one behind it', async () => {
  const { analysis } = await analyseTexts([ruby], {
    'a.rb': `class Pool
  class << self
    def_delegators :@configuration, :throttle, :unknown
  end
  class Configuration
    # Limits requests.
    def throttle(name, limit:, &block); end
  end
end
`,
  })
  const files = new Map([['a.rb', sourceFile('a.rb', 'ruby', '')]])
  const found = withRubyDelegations(analysis.components, files).filter(({ parent }) => parent === 'a.rb#Pool')
  assert.deepEqual(
    found.map(({ signature, doc, details }) => [signature, doc, details?.see]),
    [
      ['def self.throttle(name, limit:, &block)', null, ['`Pool::Configuration#throttle`']],
      ['class << self; def_delegators :@configuration, :unknown', null, undefined],
      ['class Configuration', null, undefined],
    ],
  )
})

test('prose that a blank line follows is of the module below it, a title is not', async () => {
  const { component } = await analyseTexts([ruby], {
    'a.rb': `require 'x'

# Readers of this library expect paths to be
# normalized before they are compared.

module A
  # Helpers

  def a; end

  # = B
  #
  # The class B reads the plans of one body
  #
  #   B.new(env).read

  class B; end

  # = b
  # and this is about all that follows

  def b; end
end
module C
  # These functions hold what all of the plans share.

  LIMIT = 1
end
`,
  })
  assert.equal(component('a.rb#C.LIMIT').doc, null)
  assert.match(component('a.rb#A').doc ?? '', /^Readers of this library/)
  assert.equal(component('a.rb#A.a').doc, null)
  assert.match(component('a.rb#A.B').doc ?? '', /^### B\n\nThe class B reads the plans/)
  assert.equal(component('a.rb#A.b').doc, null)
})

test("a comment that begins with RDoc's mark is of the method below a blank line, whatever it says", async () => {
  const { component } = await analyseTexts([ruby], {
    'a.rb': `module A
  ##
  # Fails unless +obj+ is empty.

  def assert_empty; end

  ##
  # Burns fuel.
  #
  # See also: A.land

  def burn; end

  ##
  # :method: fly
  # Flies to the moon.

  def land; end

  ##
  # Two lines above it.


  def wait; end
end
`,
  })
  assert.equal(component('a.rb#A.assert_empty').doc, 'Fails unless `obj` is empty.')
  assert.match(component('a.rb#A.burn').doc ?? '', /^Burns fuel\./)
  assert.deepEqual(
    ['land', 'wait'].map((name) => component(`a.rb#A.${name}`).doc),
    [null, null],
  )
})

test('a constant in the value of another one is declared beside it; a string in a signature keeps its spaces', async () => {
  const { component, from } = await analyseTexts([ruby], {
    'a.rb': "class Cors\n  OLD =\n    # kept\n    NEW = 'rack.cors'\n  def call(env)\n    env[NEW]\n  end\nend\n",
    'c.rb': "MARGIN   =   '  '\n",
    'b.rb': 'def f\n  Cors::NEW\nend\n',
  })
  assert.equal(component('c.rb#MARGIN').signature, "MARGIN = '  '")
  assert.equal(component('a.rb#Cors.NEW').parent, 'a.rb#Cors')
  assert.ok(from('a.rb#Cors.call').includes('a.rb#Cors.call -references-> a.rb#Cors.NEW (same-file)'))
  assert.ok(from('b.rb#f').some((edge) => edge.includes('-> a.rb#Cors.NEW')))
})

test('what a method makes once and keeps is known', async () => {
  const { from } = await analyseTexts([ruby], {
    'a.rb':
      'class Pool\n  def initialize\n    @spare = nil\n  end\n  def stack\n    @stack ||= Stack.new\n  end\n  def spare\n    @spare ||= begin\n      Stack.new\n    end\n  end\n  def take\n    stack.pop!\n  end\n  def other\n    spare.pop!\n  end\nend\nclass Stack\n  def pop!; end\nend\nclass Other\n  def pop!; end\nend\n',
  })
  for (const name of ['take', 'other'])
    assert.ok(from(`a.rb#Pool.${name}`).includes(`a.rb#Pool.${name} -calls-> a.rb#Stack.pop! (receiver-type)`))
})

test('a constant that a long block makes is not what stands before the block', async () => {
  const { component } = await analyseTexts([ruby], {
    'a.rb': `module A
  Undefined = Object.new.tap do |object|
    def object.inspect
      'undefined, which no value that anybody gives can ever be'
    end
  end
end
`,
  })
  assert.equal(component('a.rb#A.Undefined').signature, 'Undefined = Object.new.tap …')
})

test('private_class_method hides methods of the class, and private those of its instances', async () => {
  const { analysis } = await analyseTexts([ruby], {
    'a.rb': `class A
  def self.create; end
  def create; end
  private_class_method :create
  def self.show; end
  def show; end
  private :show
end
`,
  })
  assert.deepEqual(
    analysis.components.slice(1).map(({ signature, visibility }) => `${visibility} ${signature}`),
    ['private def self.create', 'public def create', 'public def self.show', 'private def show'],
  )
})

test('a constant made by a struct class with a block is a class, whose signature has no body', async () => {
  const { analysis, component } = await analyseTexts([ruby], {
    'lib/plan.rb': `class Options < Struct
end

# The plan.
Plan = Options.new(:body, :speed) do
  extend Forwardable

  # Lands.
  def land(now)
    now
  end
end

Point = Struct.new(
  :x
) do
  def length = x
end

RUNNER = Worker.new(:fast) do
  def run; end
end
Other = Worker.new(:fast) do |worker|
  worker.start
end
`,
  })
  const lines = analysis.components.map((one) => `${one.kind} ${one.qualifiedName}`)
  assert.deepEqual(lines, [
    'class Options',
    'class Plan',
    'field Plan.body',
    'field Plan.speed',
    'method Plan.land',
    'class Point',
    'field Point.x',
    'method Point.length',
    'constant RUNNER',
    'constant Other',
  ])
  assert.equal(component('lib/plan.rb#Plan').signature, 'Plan = Options.new(:body, :speed)')
  assert.equal(component('lib/plan.rb#Point').signature, 'Point = Struct.new(:x)')
  assert.equal(component('lib/plan.rb#Plan').doc, 'The plan.')
})

test('methods and attributes that YARD directives name are members of the class around', async () => {
  const { component, from } = await analyseTexts([ruby], {
    'lib/shop.rb': `class Shop
  # @!method get(url = nil, params = nil)
  # Sends a request.
  # @!scope class
  #
  # @param url [String] where
  # @return [Order]
  #
  # @!attribute [r] size
  #   @return [Integer] how many
  # Not about the size.

  # @!method self.open(path)
  #   Opens a shop.
  #   @api private
  %w[get].each { |name| class_eval "def #{name}(*) = nil" }

  # @!attribute [r] Total
  #   The sum of all.
  attr_reader :total

  #   # @!method inner
  def run = get('/').pay
end
class Order
  def pay; end
end
`,
  })
  const get = component('lib/shop.rb#Shop.get')
  assert.deepEqual(
    [get.kind, get.signature, get.doc, get.startLine, get.endLine, get.exported, get.details?.parameters],
    [
      'method',
      'def get(url = nil, params = nil)',
      'Sends a request.',
      2,
      8,
      true,
      [{ name: 'url', type: 'String', text: 'where' }],
    ],
  )
  const size = component('lib/shop.rb#Shop.size')
  assert.deepEqual([size.kind, size.signature, size.doc], ['field', 'attr_reader :size', null])
  const open = component('lib/shop.rb#Shop.open')
  assert.deepEqual([open.signature, open.doc, open.exported], ['def self.open(path)', 'Opens a shop.', false])
  assert.equal(component('lib/shop.rb#Shop.total').doc, 'The sum of all.')
  for (const name of ['inner', 'Total']) assert.throws(() => component(`lib/shop.rb#Shop.${name}`))
  assert.ok(from('lib/shop.rb#Shop.run').some((edge) => edge.includes('#Order.pay')))
})

test('attributes that YARD directives name directly above a class belong to that', async () => {
  const rows: [below: string, owner: string][] = [
    ['  Request = Struct.new(:path, :body) do\n    def send; end\n  end\n', 'Shop.Request'],
    ['  Request = Struct.new(:path)\n', 'Shop.Request'],
    ['  class Request\n    def send; end\n  end\n', 'Shop.Request'],
    ['\n  class Request\n    def send; end\n  end\n', 'Shop'],
    ['  def send; end\n', 'Shop'],
    ['  LIMIT = 4\n', 'Shop'],
  ]
  for (const [below, owner] of rows) {
    const { analysis } = await analyseTexts([ruby], {
      'lib/shop.rb': `module Shop\n  # An order.\n  #\n  # @!attribute path\n  #   @return [String] the path\n  # @!attribute size\n  #   The size.\n${below}end\n`,
    })
    const found = analysis.components.filter(({ name }) => /(?:^|\.)(?:path|size)$/.test(name))
    assert.deepEqual(
      found.map(({ parent }) => parent),
      [`lib/shop.rb#${owner}`, `lib/shop.rb#${owner}`],
      below,
    )
  }
})

test('a constant that include names is mixed in, not a superclass', async () => {
  const { from } = await analyseTexts([ruby], {
    'lib/error.rb': `class Shop
  Correctable = if defined?(Other)
    Module.new do
      def to_s; end
    end
  end
  class Base < StandardError; end
  class Missing < Base
    include Correctable if Correctable
  end
end
`,
  })
  assert.deepEqual(from('lib/error.rb#Shop.Missing'), [
    'lib/error.rb#Shop.Missing -extends-> lib/error.rb#Shop.Base (same-file)',
    'lib/error.rb#Shop.Missing -mixes-in-> lib/error.rb#Shop.Correctable (same-file)',
  ])
})

test('a class overrides methods of modules that it includes, not of those that it prepends', async () => {
  const { from } = await analyseTexts([ruby], {
    'lib/cache.rb': `class Cache
  module Patch
    def write; super; end
    def patch; end
  end
  module Part
    def read; end
  end
  prepend Patch
  include Part
  def write; patch; end
  def read; end
end
`,
  })
  const of = (name: string): string[] => from(`lib/cache.rb#Cache${name}`).filter((one) => /mixes|over|calls/.test(one))
  assert.deepEqual(of(''), ['lib/cache.rb#Cache -mixes-in-> lib/cache.rb#Cache.Part (same-file)'])
  assert.deepEqual(of('.read'), ['lib/cache.rb#Cache.read -overrides-> lib/cache.rb#Cache.Part.read (inheritance)'])
  assert.deepEqual(of('.write'), ['lib/cache.rb#Cache.write -calls-> lib/cache.rb#Cache.Patch.patch (inheritance)'])
})

test('a module exports what it is extended with', async () => {
  const { analysis } = await analyseTexts([ruby], {
    'lib/parts.rb': `module Shop
  module Encode
    def encode(it); end
    private def inner; end
    def self.own; end
  end
  module Params
    extend Encode
  end
end
`,
  })
  assert.deepEqual(
    analysis.exports['lib/parts.rb']?.filter(({ name }) => name.startsWith('Shop.Params.')),
    [{ name: 'Shop.Params.encode', to: 'lib/parts.rb#Shop.Encode.encode' }],
  )
})

test('an alias of an operator that ends with an equals sign is whole', async () => {
  const { component } = await analyseTexts([ruby], {
    'lib/box.rb': 'class Box\n  def []=(at, it); end\n  alias_method :put, :[]=\nend\n',
  })
  assert.equal(component('lib/box.rb#Box.put').signature, 'alias_method :put, :[]=')
})

test('a heredoc in an interpolation of another one hides no code around it', async () => {
  const { analysis } = await analyseTexts([ruby], {
    'lib/page.rb': `module Page
  class Show
    def rows(all)
      <<END
  #{all.empty? ? (<<END1) : "none"}
    <table class="wide">
      <th>Variable</th>
      #{all.map { |one| (<<END2) }.join}
        <td>#{h one}</td>
END2
}
    </table>
END1
}
END
    end

    def self.css
      "body"
    end
  end
end
`,
  })
  assert.deepEqual(
    analysis.components.map(({ id }) => id),
    ['Page', 'Page.Show', 'Page.Show.rows', 'Page.Show.css'].map((name) => `lib/page.rb#${name}`),
  )
})

test('a template whose placeholder stands before a name defines nothing', async () => {
  const { analysis } = await analyseTexts([ruby], {
    'lib/action.rb': 'module Shop\n  class Action\n    def run; end\n  end\nend\n',
    'lib/template.rb':
      'module Shop\n  module Actions\n    class [[NAME]] < Action\n      def self.build(a)\n        a\n      end\n    end\n  end\nend\n',
    'lib/zip.rb': 'module Shop\n  module Actions\n    class Zip < Action\n    end\n  end\nend\n',
  })
  const names = analysis.components.map(({ qualifiedName }) => qualifiedName)
  assert.ok(!names.includes('Shop.Actions.Action') && !names.some((name) => name.endsWith('build')), names.join())
  const bases = analysis.edges.filter(({ kind }) => kind === 'extends').map(({ from, to }) => `${from} ${to}`)
  assert.deepEqual(bases, ['lib/zip.rb#Shop.Actions.Zip lib/action.rb#Shop.Action'])
})

test('a class without a comment is described by the text that its method `self.description` returns', async () => {
  const { component } = await analyseTexts([ruby], {
    'lib/a.rb':
      'class Zip\n  def self.description\n    "Packs a folder into an archive"\n  end\nend\n\n# Sends.\nclass Mail\n  def self.description\n    \'Sends mail\'\n  end\nend\n\nclass Old\n  def self.description\n    "#{name} is old"\n  end\nend\n',
  })
  assert.equal(component('lib/a.rb#Zip').doc, 'Packs a folder into an archive')
  assert.equal(component('lib/a.rb#Mail').doc, 'Sends.')
  assert.equal(component('lib/a.rb#Old').doc, null)
})
