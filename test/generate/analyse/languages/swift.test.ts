import assert from 'node:assert/strict'
import { test } from 'node:test'
import { swift } from '#generate/analyse/languages/swift/swift.ts'
import { analyseTexts } from './analyse-texts.ts'

test('declarations of Swift have kinds, visibility, signatures and doc comments', async () => {
  const { analysis, component } = await analyseTexts([swift], {
    'Shop.swift': `import Foundation
/// An order.
///
/// - Parameters: none
public final class Order: Base, Sendable {
    public static let shared = Order()
    private(set) var x = 1, y: Int
    public init(_ id: Int = 1) throws { }
    open func pay<T>(_ a: T, with b: Int?) async throws -> Bool { func inner() {}
        return true }
    private func secret() {}
    enum State: String { case open, closed(Int) }
}
struct Point {
    let x: Int
    /// The part at an index.
    public subscript(index: Int, from start: Int = 0) -> Int { get { x } set { } }
}
func == (lhs: Point, rhs: Point) -> Bool { true }
func < (lhs: Point, rhs: Point) -> Bool { true }
func <= (lhs: Point, rhs: Point) -> Bool { true }
extension Point { func length() -> Int { 1 } }
public protocol Named { var name: String { get }; func call() }
actor Worker { }
typealias Handler = (Int) -> Void
let global = 1
fileprivate func top() {}
`,
  })
  const lines = analysis.components.map((one) => `${one.kind} ${one.qualifiedName} ${one.visibility} ${one.exported}`)
  assert.deepEqual(lines, [
    'class Order public true',
    'field Order.shared public true',
    'field Order.x internal false',
    'field Order.y internal false',
    'method Order.init public true',
    'method Order.pay public true',
    'method Order.secret private false',
    'enum Order.State internal false',
    'constant Order.State.open internal false',
    'constant Order.State.closed internal false',
    'struct Point internal false',
    'field Point.x internal false',
    'method Point.subscript public false',
    'function == internal false',
    'function < internal false',
    'function <= internal false',
    'method Point.length internal false',
    'interface Named public true',
    'field Named.name public true',
    'method Named.call public true',
    'class Worker internal false',
    'type Handler internal false',
    'constant global internal false',
    'function top private false',
  ])
  assert.equal(component('Shop.swift#Order').doc, 'An order.')
  assert.equal(
    component('Shop.swift#Point.subscript').signature,
    'public subscript(index: Int, from start: Int = 0) -> Int',
  )
  assert.equal(component('Shop.swift#Order').signature, 'public final class Order: Base, Sendable')
  assert.equal(
    component('Shop.swift#Order.pay').signature,
    'open func pay<T>(_ a: T, with b: Int?) async throws -> Bool',
  )
})

test('files of a module see each other, and receivers are known by types and values', async () => {
  const { from } = await analyseTexts([swift], {
    'Engine.swift': `class Part { func fit() {} ; var next: Part? }
class Base { func start() {} ; func shared() {} }
final class Engine: Base { override func start() { super.shared() } ; static let one = Engine() ; let parts: [Part] = [] }
extension Engine: Runnable { func run() -> Part { hidden(); return Part() } }
protocol Runnable { func run() -> Part }
private func hidden() {}
`,
    'Car.swift': `struct Car {
    let engine: Engine
    func go(_ other: Engine?) {
        engine.start()
        Engine.one.run().fit()
        other?.shared()
        for part in engine.parts { part.fit() }
        if let next = engine.run().next { next.fit() }
        hidden()
        let made = Engine()
        made.run()
        unknown.fit()
    }
}
`,
  })
  assert.deepEqual(from('Car.swift#Car.go'), [
    'Car.swift#Car.go -calls-> Engine.swift#Base.shared (inheritance)',
    'Car.swift#Car.go -calls-> Engine.swift#Engine.run (receiver-type)',
    'Car.swift#Car.go -calls-> Engine.swift#Engine.start (receiver-type)',
    'Car.swift#Car.go -calls-> Engine.swift#Part.fit (receiver-type)',
    'Car.swift#Car.go -instantiates-> Engine.swift#Engine (package)',
    'Car.swift#Car.go -references-> Car.swift#Car.engine (same-file)',
    'Car.swift#Car.go -references-> Engine.swift#Engine.one (receiver-type)',
    'Car.swift#Car.go -references-> Engine.swift#Engine.parts (receiver-type)',
    'Car.swift#Car.go -references-> Engine.swift#Part.next (receiver-type)',
    'Car.swift#Car.go -uses-type-> Engine.swift#Engine (package)',
  ])
  assert.ok(
    from('Engine.swift#Engine.start').includes(
      'Engine.swift#Engine.start -overrides-> Engine.swift#Base.start (inheritance)',
    ),
  )
  assert.ok(
    from('Engine.swift#Engine.run').includes(
      'Engine.swift#Engine.run -overrides-> Engine.swift#Runnable.run (inheritance)',
    ),
  )
})

test('members of an extension are as visible as its modifiers say, unless they have their own', async () => {
  const { analysis } = await analyseTexts([swift], {
    'a.swift': `public struct A {}
public extension A {
    func f() {}
    internal func g() {}
    var x: Int { 1 }
    private(set) static var y = 1
}
private extension A { func h() {} }
extension A { func i() {} }
`,
  })
  assert.deepEqual(
    analysis.components.slice(1).map(({ name, visibility, signature }) => `${name} ${visibility}: ${signature}`),
    [
      'f public: func f()',
      'g internal: internal func g()',
      'x public: var x: Int',
      'y public: private(set) static var y = 1',
      'h private: func h()',
      'i internal: func i()',
    ],
  )
})

test('a comment for documentation belongs to the declaration below it, also after a blank line at the top of a file', async () => {
  const { analysis, component } = await analyseTexts([swift], {
    'Group.swift': '#if compiler(>=5.5)\n/// A group of commands.\n\npublic class Group {}\n#endif\n',
    'Plan.swift': '/// A plan.\n\npublic class Plan {}\n',
    'Whole.swift': '/// All that flies.\n\nimport Foundation\n\npublic class Whole {}\n',
  })
  assert.equal(component('Group.swift#Group').doc, 'A group of commands.')
  assert.equal(component('Plan.swift#Plan').doc, 'A plan.')
  assert.equal(component('Whole.swift#Whole').doc, null)
  assert.deepEqual({ ...analysis.fileDocs }, { 'Whole.swift': 'All that flies.' })
})

test('without await no asynchronous function is called, and a closure without await is not asynchronous', async () => {
  const { from } = await analyseTexts([swift], {
    'A.swift': `protocol Async {}
extension Async { func run() async {} }
func make(_ name: String, _ body: @escaping (Int) async throws -> ()) -> Async { fatalError() }
`,
    'B.swift': `protocol Plain {}
extension Plain { func run() {} }
func make(_ name: String, _ body: @escaping (Int) throws -> ()) -> Plain { fatalError() }
`,
    'C.swift': `func plain() { make("a") { x in print(x) }.run() }
func other() async { await make("a") { x in await print(x) }.run() }
`,
  })
  const calls = (name: string): readonly string[] =>
    from(`C.swift#${name}`).flatMap((edge) => / -calls-> (\S+)/.exec(edge)?.[1] ?? [])
  assert.deepEqual(calls('plain'), ['B.swift#Plain.run', 'B.swift#make'])
  assert.deepEqual(calls('other'), ['A.swift#Async.run', 'A.swift#make'])
})

for (const [name, declared, call, called] of [
  [
    'an inner closure that awaits does not make the outer one asynchronous',
    'func perform(_ body: () -> Void) {}\nfunc perform(_ body: () async -> Void) {}',
    'perform { Task { await load() } }',
    'A.swift#perform',
  ],
  [
    'a closure that awaits is asynchronous',
    'func perform(_ body: () -> Void) {}\nfunc perform(_ body: () async -> Void) {}',
    'perform { if a { await load() } }',
    'A.swift#perform~2',
  ],
  [
    'a function that returns an asynchronous one is not asynchronous',
    'func make(_ a: Int) -> () async -> Void {}\nfunc make(_ a: Any) async -> Void {}',
    'make(1)',
    'A.swift#make',
  ],
  [
    'a label `async` is not an asynchronous parameter',
    'func run(async: Bool, _ body: () -> Void) {}\nfunc run(async: Bool, _ body: () async -> Void) {}',
    'run(async: true) { load() }',
    'A.swift#run',
  ],
] as const) {
  test(`Swift: ${name}`, async () => {
    const { from } = await analyseTexts([swift], {
      'A.swift': `${declared}\nfunc start(a: Bool) { ${call} }\n`,
    })
    const calls = from('A.swift#start').flatMap((edge) => / -calls-> (\S+)/.exec(edge)?.[1] ?? [])
    assert.deepEqual(calls, [called])
  })
}

test('a method of a protocol that takes what is given is called, not the own one of that name', async () => {
  const { from } = await analyseTexts([swift], {
    'A.swift': `class Parser {}
protocol Command { func run(_ parser: Parser) }
extension Command { func run(_ version: String? = nil) {} ; func run(_ arguments: [String]) {} }
class Group: Command { func run(_ parser: Parser) {} ; func add(_ name: String) {} }
`,
    'B.swift': `func all(group: Group, parser: Parser) { group.run(["help"]) }
func own(group: Group, parser: Parser) { group.run(parser) }
func closure() { make { $0.add("a") } }
`,
  })
  assert.deepEqual(
    from('B.swift#all').filter((one) => one.includes('-calls->')),
    ['B.swift#all -calls-> A.swift#Command.run~3 (receiver-type)'],
  )
  assert.deepEqual(
    from('B.swift#own').filter((one) => one.includes('-calls->')),
    ['B.swift#own -calls-> A.swift#Group.run (receiver-type)'],
  )
})

test('names that patterns bind, and labels in types of functions, are not methods', async () => {
  const { from } = await analyseTexts([swift], {
    'A.swift': `class Group {
    var none: ((_ path: String?, _ group: Group) throws -> ())?
    func group(_ name: String) {}
    func run() { do { try go() } catch Failure.none(let path, let group) { use(group) } }
    func other(_ one: Int?) { if case .some(let group) = one { use(group) } }
}
`,
  })
  for (const one of ['none', 'run', 'other'])
    assert.doesNotMatch(from(`A.swift#Group.${one}`).join('\n'), /Group\.group/, one)
})

test('members of an extension of a type from outside have its name, and its file conforms to nothing', async () => {
  const { analysis, from } = await analyseTexts([swift], {
    'Key.swift': `protocol Keyed { var key: Int { get } }
extension Int: Keyed { var key: Int { self } }
extension String: Keyed { var key: Int { 0 } }
`,
  })
  assert.deepEqual(
    analysis.components.map((one) => `${one.kind} ${one.id}`),
    ['interface Key.swift#Keyed', 'field Key.swift#Keyed.key', 'field Key.swift#Int.key', 'field Key.swift#String.key'],
  )
  assert.doesNotMatch(JSON.stringify(from('Key.swift')), /implements/)
})

test('conditional compilation, `package` and macros of Swift do not cut a class', async () => {
  const { analysis, edges } = await analyseTexts([swift], {
    'Lock.swift': `#if canImport(Darwin)
import Darwin
#endif
package final class Lock {
    #if os(Windows) && (compiler(<6.1) || !os(WASI))
    fileprivate let mutex: Int = 1
    #elseif compiler(>=6.1)
    fileprivate let mutex: UInt = 2
    #endif
    package init() {
        #if os(Windows)
        var attr = 0
        #else
        var attr = 1
        #endif
        open(attr)
    }
    package func lock() async throws {
        switch try await mutex.get() {
        case .held(let holder): print(holder)
        default: break
        }
    }
    nonisolated(unsafe) var text = "#if nothing"
    /// Runs a body.
    public func with(body: () throws(Failure) -> Void, on actor: isolated Int = #isolation) throws(Failure) { lock() }
}
func open(_ package: Int) { #expect(check(package) == #line) }
func check(_ value: Int) -> Int { value }
`,
  })
  assert.deepEqual(
    analysis.components.map((one) => `${one.visibility} ${one.id.slice('Lock.swift#'.length)}`),
    [
      'internal Lock',
      'private Lock.mutex',
      'private Lock.mutex~2',
      'internal Lock.init',
      'internal Lock.lock',
      'internal Lock.text',
      'public Lock.with',
      'internal open',
      'internal check',
    ],
  )
  assert.deepEqual(analysis.reports[0]?.failed, [])
  assert.deepEqual(
    edges.filter((edge) => / -calls-> /.test(edge)),
    [
      'Lock.swift#Lock.init -calls-> Lock.swift#open (same-file)',
      'Lock.swift#Lock.with -calls-> Lock.swift#Lock.lock (same-file)',
      'Lock.swift#open -calls-> Lock.swift#check (same-file)',
    ],
  )
})

test('what the compiler refuses is not public, and not deprecated', async () => {
  const { component } = await analyseTexts([swift], {
    'a.swift':
      'public struct Plan {\n  /// Burns.\n  @available(*, unavailable, message: "Use land.")\n  public func burn() {}\n  @available(macOS, unavailable)\n  public func land() {}\n}\n',
  })
  const { exported, details, doc } = component('a.swift#Plan.burn')
  assert.deepEqual([exported, details?.deprecated, doc], [false, undefined, 'Burns.'])
  assert.equal(component('a.swift#Plan.land').exported, true)
})

test('attributes for the compiler and deprecations are no part of a signature, others are', async () => {
  const { component } = await analyseTexts([swift], {
    'a.swift':
      'public struct Plan {\n  @MainActor @available(*, deprecated, renamed: "land()") @_disfavoredOverload\n  public func burn() {}\n  @available(macOS 12, *)\n  public func land() {}\n}\n',
  })
  const { signature, details } = component('a.swift#Plan.burn')
  assert.equal(signature, '@MainActor public func burn()')
  assert.match(details?.deprecated ?? '', /land/)
  assert.equal(component('a.swift#Plan.land').signature, '@available(macOS 12, *) public func land()')
})

test('a parameter or a value in a function that is called is no function of that name', async () => {
  const { from } = await analyseTexts([swift], {
    'Other.swift': 'func configure(_ x: Int) {}\nfunc make() -> Int { 1 }\n',
    'App.swift': `func run(configure: ((Int) throws -> Void)? = nil) { with { try configure?(1) } }
func other(configure: (Int) -> Void) { configure(1) }
func other2(configure: @escaping (Int) async -> Void) { configure(1) }
func local() { let make = { 1 }; make() }
func bound(_ given: (() -> Void)?) { if let make = given { make() } }
func own() { let make = make() }
`,
  })
  for (const id of ['run', 'other', 'other2', 'local', 'bound']) assert.deepEqual(from(`App.swift#${id}`), [], id)
  assert.deepEqual(from('App.swift#own'), ['App.swift#own -calls-> Other.swift#make (package)'])
})

test('a member that extensions in several files have means that of the own file, elsewhere none', async () => {
  const wrapperOf = (base: string): string =>
    `extension Wrapper where Base: ${base} {\n    func show(_ source: Int) { self.load(source) }\n    func load(_ source: Int) {}\n}\n`
  const { analysis } = await analyseTexts([swift], {
    'Wrapper.swift': 'struct Wrapper<Base> { let base: Base }\n',
    'A.swift': wrapperOf('Asteroid'),
    'B.swift': wrapperOf('Body'),
    'Use.swift': 'func use(_ wrapper: Wrapper<Int>) { wrapper.show(1) }\n',
  })
  const calls = analysis.edges.filter(({ kind }) => kind === 'calls').map(({ from, to }) => `${from} ${to}`)
  assert.deepEqual(calls, ['A.swift#Wrapper.show A.swift#Wrapper.load', 'B.swift#Wrapper.show B.swift#Wrapper.load'])
})

test('what only an extension of a protocol declares is not overridden', async () => {
  const { analysis } = await analyseTexts([swift], {
    'A.swift':
      'protocol Plan { func go(_ at: Int) }\nextension Plan {\n  func go(_ at: Int) {}\n  func with(_ update: (Self) -> Void) -> Self { self }\n}\nstruct Burn: Plan {\n  func go(_ at: Int) {}\n  func with(_ body: Body) -> Self { self }\n}\nstruct Body {}\n',
  })
  const overrides = analysis.edges.filter(({ kind }) => kind === 'overrides').map(({ from, to }) => `${from} ${to}`)
  assert.ok(overrides.includes('A.swift#Burn.go A.swift#Plan.go'), overrides.join('\n'))
  assert.ok(!overrides.some((one) => one.includes('with')), overrides.join('\n'))
})

test('labels of attributes name nothing', async () => {
  const { edges } = await analyseTexts([swift], {
    'Note.swift': `protocol Note {
    static func message(for text: String) -> String
    @available(*, deprecated, message: "Use other.")
    static var old: String { get }
}
extension Note {
    @available(*, deprecated, message: "Use other.")
    static func older() -> String { "" }
}
`,
  })
  assert.equal(
    edges.find((edge) => edge.includes('message') && !edge.includes('override')),
    undefined,
  )
})
