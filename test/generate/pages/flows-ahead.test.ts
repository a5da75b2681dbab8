import assert from 'node:assert/strict'
import { test } from 'node:test'
import { analyse } from '#generate/analyse/analyse.ts'
import { diagramsOf, faultOf } from '../../support/mermaid.ts'
import { inventoryOf } from '../analyse/inventory-of.ts'
import { document } from './sample.ts'

/** The first drawn flow of the overview, and the overview. */
async function overviewOf(files: Record<string, string>): Promise<{ drawn: string; text: string }> {
  const inventory = await inventoryOf(files)
  const analysis = await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
  const { markdown, verification } = document({ inventory, analysis })
  assert.deepEqual(verification.faults, [])
  const text = markdown.get('overview.md') ?? ''
  const drawn = diagramsOf(text).find((one) => /^(?:sequenceDiagram|flowchart TD)/.test(one)) ?? ''
  assert.equal(await faultOf(drawn), undefined)
  return { drawn, text }
}

test('a call of what a base class leaves open goes on to the implementation that the code makes', async () => {
  const { drawn, text } = await overviewOf({
    'net/client.py': `from net.transport import Memory, Socket, Transport


class Client:
    def __init__(self):
        self.transport: Transport = Socket()

    def get(self, url):
        """Fetches an address."""
        request = self.build(url)
        checked = self.check(request)
        return self.transport.handle(checked)

    def build(self, url):
        parts = url.split("/")
        host = parts[0]
        path = parts[1:]
        return (host, path)

    def check(self, request):
        host, path = request
        if not host:
            raise ValueError(host)
        return (host, path)
`,
    'net/transport.py': `class Transport:
    def handle(self, request):
        raise NotImplementedError()


class Memory(Transport):
    def handle(self, request):
        answer = dict()
        answer["request"] = request
        answer["status"] = 200
        return answer


class Socket(Transport):
    def handle(self, request):
        """Sends a request over a socket."""
        data = self.encode(request)
        answer = self.exchange(data)
        return answer

    def encode(self, request):
        host, path = request
        line = host
        for part in path:
            line += part
        return line

    def exchange(self, data):
        size = len(data)
        total = size
        total += 1
        return total
`,
  })
  assert.match(drawn, /(n\d)\["Socket\.handle"\][\s\S]* n1 --> \1\n/)
  assert.match(
    text,
    /\[`Socket\.handle`\]\([^)]+\) \(one of 2 implementations of \[`Transport\.handle`\]\([^)]+\)\): Sends a/,
  )
  assert.match(text, /\[`Socket\.exchange`\]/)
})

test('the method of an interface goes on to its only class', async () => {
  const { text } = await overviewOf({
    'src/notes/Store.java': `package notes;

public interface Store {
    int save(String text);
}
`,
    'src/notes/Disk.java': `package notes;

public class Disk implements Store {
    public int save(String text) {
        int size = encode(text);
        int written = write(size);
        return written;
    }

    public int encode(String text) {
        int total = 0;
        total += text.length();
        return total;
    }

    public int write(int size) {
        int sum = 0;
        sum += size;
        return sum;
    }
}
`,
    'src/notes/App.java': `package notes;

public class App {
    private Store store = new Disk();

    /** Keeps a note. */
    public int keep(String note) {
        String text = prepare(note);
        String head = headFor(text);
        return store.save(head);
    }

    public String prepare(String note) {
        String out = "";
        out += note;
        return out;
    }

    public String headFor(String text) {
        int size = text.length();
        String line = "size" + size;
        return line;
    }
}
`,
  })
  assert.match(text, /\[`Disk\.save`\]\([^)]+\) \(implements \[`Store\.save`\]/)
})

test('what a field keeps is called through it, and only where the field is called', async () => {
  const { text } = await overviewOf({
    'go.mod': 'module example.org/mux\n\ngo 1.22\n',
    'mux.go': `package mux

import "net/http"

// Mux routes requests.
type Mux struct {
	handler http.Handler
	count   int
}

// ServeHTTP answers a request.
func (m *Mux) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	m.begin(r)
	m.handler.ServeHTTP(w, r)
	m.finish(r)
}

// Use looks whether it is too late.
func (m *Mux) Use() {
	if m.handler != nil {
		m.count++
	}
	m.update()
}

func (m *Mux) update() {
	m.handler = chain(http.HandlerFunc(m.routeHTTP))
}

func (m *Mux) begin(r *http.Request) {
	m.count++
	r.Header.Set("a", "b")
	m.count++
}

func (m *Mux) finish(r *http.Request) {
	m.count--
	r.Header.Del("a")
	m.count--
}

// routeHTTP finds who answers.
func (m *Mux) routeHTTP(w http.ResponseWriter, r *http.Request) {
	node := findRoute(r.URL.Path)
	w.WriteHeader(node)
	m.count++
}
`,
    'tree.go': `package mux

import "net/http"

// findRoute walks the tree.
func findRoute(path string) int {
	total := 0
	for range path {
		total++
	}
	return total
}

func chain(last http.Handler) http.Handler {
	next := last
	if next == nil {
		return nil
	}
	return next
}
`,
  })
  assert.match(text, /What happens in \[`Mux\.ServeHTTP`\]/)
  assert.match(text, /\[`Mux\.routeHTTP`\]\([^)]+\) \(kept in \[`Mux\.handler`\]\([^)]+\)\): routeHTTP finds/)
  assert.match(text, /\[`findRoute`\]/)
  assert.equal(text.match(/kept in/g)?.length, 1)
})
