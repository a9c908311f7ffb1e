// An independent reader of the log over HTTP, built on Go's own sumdb/tlog and sumdb/note.
//
//	main BASE KEYS [CHECKPOINT...]
//
// It opens the newest checkpoint of a server with the keys in a file, reads the tiles, and checks
// the proof that each event is in the tree, and that the tree of each older checkpoint is the
// beginning of this one. Where the server publishes the events, each must be the leaf at its place.
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

func must(err error) {
	if err != nil {
		fmt.Println("REFUSED", err)
		os.Exit(8)
	}
}

func get(address string) (int, []byte) {
	answer, err := http.Get(address)
	must(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	must(err)
	return answer.StatusCode, body
}

// path is a tile's path in C2SP tlog-tiles, which does not name the height.
func path(tile tlog.Tile) string {
	steps := strings.SplitN(tile.Path(), "/", 3)
	return "/tile/" + strings.Replace(steps[2], "data/", "entries/", 1)
}

type tiles struct{ base string }

func (t tiles) Height() int { return height }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		status, body := get(t.base + path(tile))
		if status != 200 || len(body) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s: %d, %d bytes", path(tile), status, len(body))
		}
		found = append(found, body)
	}
	return found, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func opened(signed []byte, keys note.Verifiers) tlog.Tree {
	text, err := note.Open(signed, keys)
	must(err)
	lines := strings.Split(text.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	must(err)
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree
}

func keysIn(file string) note.Verifiers {
	text, err := os.ReadFile(file)
	must(err)
	var keys []note.Verifier
	for _, line := range strings.Fields(string(text)) {
		if strings.Contains(line, "+") { // not the size up to which a retired key signs
			key, err := note.NewVerifier(line)
			must(err)
			keys = append(keys, key)
		}
	}
	return note.VerifierList(keys...)
}

// entries returns the events of a bundle, or none where the server does not publish them.
func entries(base string, tile tlog.Tile) [][]byte {
	status, body := get(base + path(tlog.Tile{H: height, L: -1, N: tile.N, W: tile.W}))
	if status == 404 {
		return nil
	}
	var found [][]byte
	for len(body) > 0 {
		length := int(binary.BigEndian.Uint16(body)) + 2
		found, body = append(found, body[2:length]), body[length:]
	}
	if len(found) != tile.W {
		must(fmt.Errorf("bundle %d: %d entries", tile.N, len(found)))
	}
	return found
}

func main() {
	base, keys := os.Args[1], keysIn(os.Args[2])
	status, signed := get(base + "/checkpoint")
	if status != 200 {
		must(fmt.Errorf("checkpoint: %d", status))
	}
	tree := opened(signed, keys)
	reader := tlog.TileHashReader(tree, tiles{base})
	root, err := tlog.TreeHash(tree.N, reader)
	must(err)
	read := 0
	for start := int64(0); start < tree.N; start += 1 << height {
		width := int(tree.N - start)
		if width > 1<<height {
			width = 1 << height
		}
		bundle := entries(base, tlog.Tile{N: start >> height, W: width})
		for index := start; index < start+int64(width); index++ {
			hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
			must(err)
			leaf := hashes[0]
			if bundle != nil {
				leaf = tlog.RecordHash(bundle[index-start])
				read++
			}
			proof, err := tlog.ProveRecord(tree.N, index, reader)
			must(err)
			must(tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf))
		}
	}
	for _, file := range os.Args[3:] {
		text, err := os.ReadFile(file)
		must(err)
		older := opened(text, keys)
		proof, err := tlog.ProveTree(tree.N, older.N, reader)
		must(err)
		must(tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash))
	}
	fmt.Println("PROVED", tree.N, root, read, len(os.Args)-3)
}
