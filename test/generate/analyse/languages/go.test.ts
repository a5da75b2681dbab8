import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { go } from '#generate/analyse/languages/go/go.ts'
import { type Analysed, analyseTexts } from './analyse-texts.ts'

const MODULE = 'module example.com/m\n\ngo 1.22\n'
const read = (texts: Readonly<Record<string, string>>): Promise<Analysed> =>
  analyseTexts([go], { 'go.mod': MODULE, ...texts })

describe('components of Go', () => {
  it('have kind, signature, doc comment, span and visibility', async () => {
    const { component, analysis } = await read({
      'a.go': `// Package a does.
package a

// Box holds one T.
type Box[T any] struct {
	// Item is inside.
	Item T
	size, Count int // how many
}

type (
	// Doer does.
	Doer interface {
		Do(n int) error
	}
	names []string
)

const (
	First = iota
	second
)

var Default = New()

// Do does it.
//
//	b.Do(1)
func (b *Box[T]) Do(n int) error { return nil }

func New() *Box[int] {
	type local struct{}
	return nil
}

var _ Doer = (*Box[int])(nil)
`,
    })
    const box = component('a.go#Box')
    assert.deepEqual(
      [box.kind, box.signature, box.doc, box.startLine, box.endLine, box.exported, box.visibility],
      ['struct', 'type Box[T any] struct', 'Box holds one T.', 5, 9, true, 'public'],
    )
    assert.deepEqual(
      ['Box.Item', 'Box.size', 'Box.Count'].map((name) => {
        const { kind, doc, exported, startLine, signature } = component(`a.go#${name}`)
        return [kind, doc, exported, startLine, signature]
      }),
      [
        ['field', 'Item is inside.', true, 7, 'Item T'],
        ['field', 'how many', false, 8, 'size int'],
        ['field', 'how many', true, 8, 'Count int'],
      ],
    )
    assert.equal(component('a.go#Doer').doc, 'Doer does.')
    assert.equal(component('a.go#Doer.Do').kind, 'method')
    assert.deepEqual(
      ['names', 'First', 'second', 'Default', 'New'].map((name) => {
        const { kind, signature, exported } = component(`a.go#${name}`)
        return [kind, signature, exported]
      }),
      [
        ['type', 'type names []string', false],
        ['constant', 'const First = iota', true],
        ['constant', 'const second', false],
        ['constant', 'var Default = New()', true],
        ['function', 'func New() *Box[int]', true],
      ],
    )
    const method = component('a.go#Box.Do')
    assert.deepEqual(
      [method.kind, method.signature, method.doc, method.parent],
      ['method', 'func (b *Box[T]) Do(n int) error', 'Do does it.\n\n    b.Do(1)', 'a.go#Box'],
    )
    assert.equal(analysis.fileDocs['a.go'], 'Package a does.')
    const names = analysis.components.map(({ name }) => name)
    assert.ok(!names.includes('local') && !names.includes('_'))
  })
})

describe('the comment of a file of Go', () => {
  it('may stand below the package clause, where a blank line parts it from what follows', async () => {
    const { analysis } = await read({
      'tree.go':
        'package a\n\n// The tree of all routes,\n// by their first letters.\n\nimport "fmt"\n\nfunc Walk() { fmt.Println() }\n',
      'near.go': 'package a\n\n// Named by a driver.\nimport "fmt"\n\nfunc Near() { fmt.Println() }\n',
      'own.go': 'package a\n\n// Own does.\nfunc Own() {}\n',
      'late.go': 'package a\n\nimport "fmt"\n\n// Parts of the walk.\n\nfunc Late() { fmt.Println() }\n',
      'doc.go': '// Copyright 2016 A.\n\n// Package a walks.\npackage a // import "example.org/a"\n',
    })
    assert.deepEqual(
      { ...analysis.fileDocs },
      { 'tree.go': 'The tree of all routes,\nby their first letters.', 'doc.go': 'Package a walks.' },
    )
  })
})

describe('names of Go', () => {
  it('are found in all files of a package, and by alias, dot and path elsewhere', async () => {
    const { from, edges } = await read({
      'a/a.go': 'package a\n\nfunc One() { two() }\n',
      'a/b.go': 'package a\n\nfunc two() {}\n',
      'go-b/b.go': 'package b\n\nimport . "example.com/m/a"\n\nfunc Three() { One() }\n',
      'main.go': `package main

import (
	x "example.com/m/a"
	"example.com/m/go-b"
	"fmt"
)

func main() {
	x.One()
	b.Three()
	fmt.Println()
}
`,
    })
    assert.deepEqual(from('a/a.go#One'), ['a/a.go#One -calls-> a/b.go#two (package)'])
    assert.deepEqual(from('go-b/b.go#Three'), ['go-b/b.go#Three -calls-> a/a.go#One (import)'])
    assert.deepEqual(from('main.go#main'), [
      'main.go#main -calls-> a/a.go#One (package)',
      'main.go#main -calls-> go-b/b.go#Three (package)',
    ])
    assert.deepEqual(
      edges.filter((edge) => edge.includes('-imports->')),
      [
        'go-b/b.go -imports-> a/a.go (import)',
        'main.go -imports-> a/a.go (import)',
        'main.go -imports-> go-b/b.go (import)',
      ],
    )
  })

  it('lead into other modules of the repository, by their own paths and by replace', async () => {
    const { from } = await read({
      'go.mod': `${MODULE}\nreplace example.com/old => ./new\n`,
      'new/go.mod': 'module example.com/new\n',
      'new/n.go': 'package n\n\nfunc F() {}\n',
      'tool/go.mod': 'module example.com/tool/v2\n',
      'tool/sub/t.go': 'package sub\n\nfunc G() {}\n',
      'main.go': `package main

import (
	"example.com/old"
	"example.com/tool/v2/sub"
	"example.com/mother"
)

func main() { n.F(); sub.G(); mother.F() }
`,
    })
    assert.deepEqual(from('main.go#main'), [
      'main.go#main -calls-> new/n.go#F (package)',
      'main.go#main -calls-> tool/sub/t.go#G (package)',
    ])
  })

  it('prefer a declaration of the package to the assumed name of an outside one', async () => {
    const { from } = await read({
      'a.go': 'package m\n\nimport (\n\t"k8s.io/api/core/v1"\n)\n\nvar _ v1.Pod\n\nfunc use() { core.Run() }\n',
      'b.go': 'package m\n\ntype Core struct{}\n\nfunc (Core) Run() {}\n\nvar core Core\n',
    })
    assert.ok(
      from('a.go#use').some((edge) => edge.includes('b.go#Core.Run')),
      from('a.go#use').join('\n'),
    )
  })

  it('of tests in a package of their own need the import', async () => {
    const { from } = await read({
      'a/a.go': 'package a\n\nfunc One() {}\nfunc helper() {}\n',
      'a/a_test.go':
        'package a_test\n\nimport "example.com/m/a"\n\nfunc helper() {}\nfunc TestOne() { a.One(); helper() }\n',
    })
    assert.deepEqual(from('a/a_test.go#TestOne'), [
      'a/a_test.go#TestOne -calls-> a/a.go#One (package)',
      'a/a_test.go#TestOne -calls-> a/a_test.go#helper (same-file)',
    ])
  })

  it('of one thing for several systems lead to that of the file', async () => {
    const { from } = await read({
      'a_darwin.go': 'package a\n\nfunc open() {}\n',
      'a_other.go': '//go:build !darwin && !windows\n\npackage a\n\nfunc open() {}\n',
      'a_windows.go': 'package a\n\nfunc open() {}\n',
      't.go': 'package a\n\ntype T struct{}\n',
      't_plan9.go': 'package a\n\nfunc (t T) M() {}\n',
      't_unix.go': '//go:build unix\n\npackage a\n\nfunc (t T) M() {}\n',
      'use.go': 'package a\n\nfunc Use() { open() }\nfunc Method(t T) { t.M() }\n',
      'use_windows.go': 'package a\n\nfunc UseThere() { open() }\n',
    })
    assert.deepEqual(from('use.go#Use'), ['use.go#Use -calls-> a_other.go#open (package)'])
    assert.ok(from('use.go#Method').includes('use.go#Method -calls-> t_unix.go#T.M (receiver-type)'))
    assert.deepEqual(from('use_windows.go#UseThere'), ['use_windows.go#UseThere -calls-> a_windows.go#open (package)'])
  })
})

describe('receivers of Go', () => {
  it('are known from values, results, ranges, assertions and fields', async () => {
    const { from } = await read({
      't.go': `package a

type T struct {
	next *T
	all  map[string][]*T
	f    func() *T
}

func (t *T) M() *T      { return t }
func (t T) N()          {}
func Make() (*T, error) { return nil, nil }
`,
      'use.go': `package a

func results() {
	t, err := Make()
	t.M().next.N()
	_ = err
}

func ranges(ts []T, ch chan *T) {
	for _, t := range ts {
		t.N()
	}
	for t := range ch {
		t.M()
	}
}

func asserts(v any) {
	switch t := v.(type) {
	case *T:
		t.N()
	case string:
		t.M()
	}
	if t, ok := v.(T); ok {
		t.M()
	}
}

func fields(t *T) {
	t.all["a"][0].N()
	t.f().M()
	f := t.N
	f()
}

func tables() {
	for _, one := range []struct{ t *T }{{t: nil}} {
		one.t.N()
	}
}
`,
    })
    const calls = (id: string): string[] =>
      from(id).flatMap((edge) => /-(?:calls|references)-> t\.go#(\S+)/.exec(edge)?.[1] ?? [])
    assert.deepEqual(calls('use.go#results'), ['Make', 'T.M', 'T.N', 'T.next'])
    assert.deepEqual(calls('use.go#ranges'), ['T.M', 'T.N'])
    assert.deepEqual(calls('use.go#asserts'), ['T.M', 'T.N'])
    assert.deepEqual(calls('use.go#fields'), ['T.M', 'T.N', 'T.all', 'T.f'])
    assert.deepEqual(calls('use.go#tables'), ['T.N'])
  })

  it('have the members of what they embed', async () => {
    const { from } = await read({
      'a.go': 'package a\n\ntype Base struct{ Name string }\n\nfunc (b *Base) Run() {}\nfunc (b *Base) Stop() {}\n',
      'b.go':
        'package a\n\ntype Derived struct {\n\t*Base\n}\n\nfunc (d *Derived) Stop() { d.Run(); d.Base.Stop(); _ = d.Name }\n',
    })
    assert.deepEqual(from('b.go#Derived'), ['b.go#Derived -extends-> a.go#Base (package)'])
    assert.deepEqual(from('b.go#Derived.Stop'), [
      'b.go#Derived.Stop -calls-> a.go#Base.Run (inheritance)',
      'b.go#Derived.Stop -calls-> a.go#Base.Stop (receiver-type)',
      'b.go#Derived.Stop -references-> a.go#Base.Name (inheritance)',
      'b.go#Derived.Stop -references-> b.go#Derived.Base (receiver-type)',
      'b.go#Derived.Stop -uses-type-> b.go#Derived (same-file)',
    ])
  })

  it('implement the interfaces whose methods they have', async () => {
    const { edges } = await read({
      'a.go': `package a

type Runner interface {
	Run(n int) error
}
type Empty interface{}
type Good struct{}
type Outer struct{ Good }
type Wrong struct{}

func (g *Good) Run(n int) error  { return nil }
func (w Wrong) Run(s string) error { return nil }
func call(r Runner)              { r.Run(1) }
`,
    })
    assert.deepEqual(
      edges.filter((edge) => /-(?:implements|overrides)->/.test(edge)),
      [
        'a.go#Good -implements-> a.go#Runner (inheritance)',
        'a.go#Good.Run -overrides-> a.go#Runner.Run (inheritance)',
        'a.go#Outer -implements-> a.go#Runner (inheritance)',
      ],
    )
    assert.ok(edges.includes('a.go#call -calls-> a.go#Runner.Run (receiver-type)'))
  })

  it('do not implement an embedded interface if an own method of another type hides one of it', async () => {
    const { edges } = await read({
      'a.go': `package a

import "io/fs"

type File interface{ Close() error }
type Fs interface {
	Open(name string) (File, error)
	Name() string
}
type IOFS struct{ Fs }
type Kept struct{ Fs }
type Same struct{ Fs }

func (i IOFS) Open(name string) (fs.File, error) { return i.Fs.Open(name) }
func (i IOFS) Name() string                       { return "" }
func (s Same) Open(path string) (File, error)     { return nil, nil }
`,
    })
    assert.deepEqual(
      edges.filter((edge) => /-(?:implements|overrides)->|IOFS -/.test(edge)),
      [
        'a.go#IOFS -uses-type-> a.go#Fs (same-file)',
        'a.go#IOFS.Name -overrides-> a.go#Fs.Name (inheritance)',
        'a.go#Kept -implements-> a.go#Fs (same-file)',
        'a.go#Same -implements-> a.go#Fs (same-file)',
        'a.go#Same.Open -overrides-> a.go#Fs.Open (inheritance)',
      ],
    )
  })

  it('do not implement interfaces whose methods have other results or parameters', async () => {
    const { edges } = await read({
      'a.go': `package a

import (
	"io/fs"
	"net/http"
	"os"
	"time"
)

type File interface{ Name() string }
type Fs interface {
	Open(name string) (File, error)
	Stat(name string) (os.FileInfo, error)
	Chtimes(name string, atime, mtime time.Time) error
}
type Good struct{}
type Http struct{ Good }
type Pointer struct{ Good }
type Times struct{ Good }

func (Good) Open(string) (file File, err error)        { return nil, nil }
func (Good) Stat(name string) (fs.FileInfo, error)     { return nil, nil }
func (Good) Chtimes(_ string, a time.Time, m time.Time) error { return nil }
func (Http) Open(name string) (http.File, error)       { return nil, nil }
func (*Pointer) Open(name string) (*File, error)       { return nil, nil }
func (Times) Chtimes(name string, atime, mtime int64) error { return nil }
`,
    })
    assert.deepEqual(
      edges.filter((edge) => /-implements->/.test(edge)),
      ['a.go#Good -implements-> a.go#Fs (inheritance)'],
    )
  })

  it('implement interfaces that embed one of a package below another', async () => {
    const { edges } = await read({
      'a.go': `package a

import "container/heap"

type Queue interface {
	heap.Interface
	Top() int
}
type Jobs []int

func (j Jobs) Len() int           { return 0 }
func (j Jobs) Less(a, b int) bool { return false }
func (j Jobs) Swap(a, b int)      {}
func (j *Jobs) Push(x any)        {}
func (j *Jobs) Pop() any          { return nil }
func (j Jobs) Top() int           { return 0 }
`,
    })
    assert.deepEqual(
      edges.filter((edge) => /-implements->/.test(edge)),
      ['a.go#Jobs -implements-> a.go#Queue (inheritance)'],
    )
  })

  it('implement interfaces whose methods name their results, or leave out names, of any form of type', async () => {
    const { edges } = await read({
      'a.go': `package a

type Store interface {
	List([]byte, int) ([]string, error)
	Table() (table map[string][]int, err error)
	Wait(in <-chan int) (error, chan int)
}
type Named struct{}
type Bare struct{}
type Wrong struct{ Bare }

func (Named) List(b []byte, n int) (found []string, err error) { return nil, nil }
func (Named) Table() (t map[string][]int, err error)           { return nil, nil }
func (Named) Wait(<-chan int) (err error, c chan int)          { return nil, nil }
func (Bare) List(b []byte, n int) ([]string, error)            { return nil, nil }
func (Bare) Table() (map[string][]int, error)                  { return nil, nil }
func (Bare) Wait(c <-chan int) (error, chan int)               { return nil, nil }
func (Wrong) List(b byte, n int) (string, error)               { return "", nil }
`,
    })
    assert.deepEqual(
      edges.filter((edge) => /-implements->/.test(edge)),
      ['a.go#Bare -implements-> a.go#Store (inheritance)', 'a.go#Named -implements-> a.go#Store (inheritance)'],
    )
  })

  it('implement interfaces with the methods of common interfaces of the standard library', async () => {
    const { edges } = await read({
      'a.go': `package a

import (
	"example.com/other"
	"io"
)

type File interface {
	io.ReadCloser
	Name() string
}
type Unknown interface {
	other.Reader
	Name() string
}
type Mem struct{}
type Wrapped struct{ File }
type NoReader struct{}
type Wrong struct{ Mem }
type Hides struct{ File }

func (m *Mem) Read(b []uint8) (int, error)   { return 0, nil }
func (m *Mem) Close() error                  { return nil }
func (m *Mem) Name() string                  { return "" }
func (m *NoReader) Close() error             { return nil }
func (m *NoReader) Name() string             { return "" }
func (m *Wrong) Read(b []byte) (int64, error) { return 0, nil }
func (h *Hides) Name() []byte                { return nil }
`,
    })
    assert.deepEqual(
      edges.filter((edge) => /-implements->|Hides\.Name -overrides->/.test(edge)),
      ['a.go#Mem -implements-> a.go#File (inheritance)', 'a.go#Wrapped -implements-> a.go#File (same-file)'],
    )
  })

  it('says which interfaces it implements where a blank variable has the compiler check it', async () => {
    const { edges } = await read({
      'a.go': `package a

import "net/http"

type Router interface {
	http.Handler
	Use(n int)
}
type Mux struct{}
type Pool struct{}
type Plain struct{}

func (m *Mux) Use(n int) {}

var _ Router = &Mux{}
var _ Router = (*Pool)(nil)
var other Router = &Plain{}
`,
    })
    assert.deepEqual(
      edges.filter((edge) => /-(?:implements|overrides)->/.test(edge)),
      [
        'a.go#Mux -implements-> a.go#Router (inheritance)',
        'a.go#Mux.Use -overrides-> a.go#Router.Use (inheritance)',
        'a.go#Pool -implements-> a.go#Router (inheritance)',
      ],
    )
  })

  it('says which interfaces it implements where a function returns it as one', async () => {
    const { edges } = await read({
      'a.go': `package a

import "example.com/other"

type Reader interface {
	Read(b []byte) (int, error)
	Next() Reader
}
type Any interface{}
type reader struct{ *other.Reader }
type pointer struct{ *other.Reader }
type wrapped struct{ *other.Reader }
type unused struct{ *other.Reader }

func (r reader) Next() Reader {
	if r.Reader == nil {
		return nil
	}
	return &pointer{r.Reader}
}
func Open(r *other.Reader) (Reader, error) { return reader{r}, nil }
func Wrap(r Reader) (found Reader, err error) {
	own := wrapped{nil}
	return own, nil
}
func Same(r Reader) Reader { return r }
func Pick() Any            { return unused{nil} }
func Both() (error, Reader) { return unused{nil}, nil }
`,
    })
    assert.deepEqual(
      edges.filter((edge) => /-(?:implements|overrides)->/.test(edge)),
      [
        'a.go#pointer -implements-> a.go#Reader (inheritance)',
        'a.go#reader -implements-> a.go#Reader (inheritance)',
        'a.go#reader.Next -overrides-> a.go#Reader.Next (inheritance)',
        'a.go#wrapped -implements-> a.go#Reader (inheritance)',
      ],
    )
  })

  it('of keys in literals are the types that the literals make', async () => {
    const { from } = await read({
      'a.go': `package a

type P struct{ X, Y int }
type Kind string

const K Kind = "k"

var byKind = map[Kind]P{K: {X: 1}}

func f() []P { return []P{{Y: 2}} }
`,
    })
    assert.deepEqual(
      from('a.go#byKind').map((edge) => edge.replace('a.go#byKind ', '')),
      [
        '-references-> a.go#K (same-file)',
        '-references-> a.go#P.X (receiver-type)',
        '-uses-type-> a.go#Kind (same-file)',
        '-uses-type-> a.go#P (same-file)',
      ],
    )
    assert.ok(from('a.go#f').includes('a.go#f -references-> a.go#P.Y (receiver-type)'))
  })
})

describe('bad input of Go', () => {
  it('keeps what can be read', async () => {
    const bytes = String.fromCharCode(...Array.from({ length: 4_000 }, (_, index) => (index * 7_919) % 256))
    const { analysis, component } = await read({
      'bom.go': '\uFEFFpackage a\r\n\r\n// F does.\r\nfunc F() {\r\n}\r\n',
      'broken.go': 'package a\n\nfunc G() {}\n\nfunc H( { if ]]] \n\nvar x = \n',
      'bytes.go': bytes,
      'deep.go': `package a\n\nvar d = ${'('.repeat(100_000)}1${')'.repeat(100_000)}\n`,
    })
    assert.equal(component('bom.go#F').doc, 'F does.')
    assert.equal(component('broken.go#G').kind, 'function')
    const failed = analysis.reports[0]?.failed ?? []
    assert.ok(failed.includes('broken.go') && failed.includes('bytes.go'))
  })
})

it('a comment about licences documents its file, one that grants a licence does not', async () => {
  const { analysis } = await analyseTexts([go], {
    'a.go': '// Package a finds the licenses of modules.\npackage a\n',
    'b.go':
      '// Use of this code is governed by a license that is\n// in the file of that name, under its terms.\n\npackage b\n',
    'c.go': '// License: see the file.\n\n// Package c counts.\npackage c\n',
  })
  assert.deepEqual(
    { ...analysis.fileDocs },
    {
      'a.go': 'Package a finds the licenses of modules.',
      'c.go': 'Package c counts.',
    },
  )
})
