// A CGI program in Go's own words: net/http/cgi serves one request and any http.Handler.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"log"
	"net/http"
	"net/http/cgi"
	"os"
)

const page = `<!DOCTYPE html>
<title>Go</title>
<p>Hello, %s
<form method="post"><input name="name" maxlength="100"><button>Greet me</button></form>
`

func greet(w http.ResponseWriter, r *http.Request) {
	name := r.PostFormValue("name")
	if name == "" {
		name = "world"
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, page, html.EscapeString(name))
}

// request shows what arrived, as JSON.
func request(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{
		"method": r.Method, "host": r.Host, "path": r.URL.Path, "query": r.URL.Query(), "agent": r.UserAgent(),
	})
}

// digest reads a body of any length as it comes.
func digest(w http.ResponseWriter, r *http.Request) {
	hash := sha256.New()
	length, err := io.Copy(hash, r.Body)
	if err != nil {
		http.Error(w, "the body ended early", http.StatusBadRequest)
		return
	}
	fmt.Fprintf(w, "%d %s\n", length, hex.EncodeToString(hash.Sum(nil)))
}

// upload keeps what is over a mebibyte in a temporary file, which is in the route's scratch.
func upload(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		http.Error(w, "no form with a file: "+err.Error(), http.StatusBadRequest)
		return
	}
	defer r.MultipartForm.RemoveAll()
	file, head, err := r.FormFile("file")
	if err != nil {
		http.Error(w, "there is no 'file' in the form", http.StatusBadRequest)
		return
	}
	defer file.Close()
	place := "in memory"
	if _, spilled := file.(*os.File); spilled {
		place = "in a temporary file"
	}
	length, err := io.Copy(io.Discard, file)
	fmt.Fprintf(w, "%s: %d bytes %s, %v\n", head.Filename, length, place, err)
}

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", greet)
	mux.HandleFunc("POST /{$}", greet)
	mux.HandleFunc("/request", request)
	mux.HandleFunc("POST /digest", digest)
	mux.HandleFunc("POST /upload", upload)
	if err := cgi.Serve(http.StripPrefix(os.Getenv("SCRIPT_NAME"), mux)); err != nil {
		log.Fatal(err)
	}
}
