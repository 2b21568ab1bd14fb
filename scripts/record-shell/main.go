// Records what mvdan.cc/sh, which shfmt is made of, reads in shell scripts, so that our reader can be
// compared with it. Run in this folder, with Go installed:
//
//	go run . ../../fixtures/oracle/shell
//
// Every *.json file there has cases with a text; the simple commands of each are written beside it. Positions
// are UTF-16 code units. What stands in here-documents is left out: we read it as commands, Bash does not.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode/utf16"

	"mvdan.cc/sh/v3/syntax"
)

type word struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

type redirection struct {
	Operator string `json:"operator"`
	Target   string `json:"target"`
}

type command struct {
	Words        []word        `json:"words"`
	Redirections []redirection `json:"redirections,omitempty"`
}

type function struct {
	Name  string `json:"name"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

type testCase struct {
	Text      string     `json:"text"`
	Commands  []command  `json:"commands"`
	Functions []function `json:"functions,omitempty"`
}

type oracleFile struct {
	Program string     `json:"program"`
	Cases   []testCase `json:"cases"`
}

func main() {
	paths, err := filepath.Glob(filepath.Join(os.Args[1], "*.json"))
	exitOn(err)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		exitOn(err)
		var file oracleFile
		exitOn(json.Unmarshal(text, &file))
		file.Program = "mvdan.cc/sh v3.14.1"
		for index := range file.Cases {
			exitOn(record(&file.Cases[index]))
		}
		var written bytes.Buffer
		encoder := json.NewEncoder(&written)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		exitOn(encoder.Encode(file))
		exitOn(os.WriteFile(path, written.Bytes(), 0o644))
	}
}

func exitOn(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type recorder struct {
	text string
	test *testCase
}

func record(test *testCase) error {
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(test.Text), "")
	if err != nil {
		return fmt.Errorf("%w in %q", err, test.Text)
	}
	test.Commands, test.Functions = []command{}, nil
	r := recorder{test.Text, test}
	r.walk(file)
	sort.SliceStable(test.Commands, func(i, j int) bool {
		return test.Commands[i].Words[0].Start < test.Commands[j].Words[0].Start
	})
	return nil
}

func (r *recorder) walk(root syntax.Node) {
	syntax.Walk(root, func(node syntax.Node) bool {
		switch node := node.(type) {
		case *syntax.Redirect:
			if node.Hdoc != nil {
				r.walk(node.Word)
				return false
			}
		case *syntax.Stmt:
			r.statement(node)
		case *syntax.FuncDecl:
			if node.Name != nil {
				r.function(node)
			}
		}
		return true
	})
}

func (r *recorder) statement(statement *syntax.Stmt) {
	var words []word
	switch call := statement.Cmd.(type) {
	case *syntax.CallExpr:
		for _, assign := range call.Assigns {
			words = append(words, r.assign(assign))
		}
		for _, argument := range call.Args {
			words = append(words, r.word(argument))
		}
	case *syntax.DeclClause:
		words = append(words, r.placed(call.Variant.Value, call.Variant))
		for _, assign := range call.Args {
			words = append(words, r.assign(assign))
		}
	}
	if len(words) == 0 {
		return
	}
	found := command{Words: words}
	for _, redirect := range statement.Redirs {
		operator := redirect.Op.String()
		if redirect.N != nil {
			operator = redirect.N.Value + operator
		}
		found.Redirections = append(found.Redirections, redirection{operator, r.partsOf(redirect.Word)})
	}
	r.test.Commands = append(r.test.Commands, found)
}

func (r *recorder) function(declared *syntax.FuncDecl) {
	body := declared.Body.Cmd
	start, end := body.Pos().Offset(), body.End().Offset()
	r.test.Functions = append(r.test.Functions, function{declared.Name.Value, r.offset(start) + 1, r.offset(end) - 1})
}

func (r *recorder) assign(assign *syntax.Assign) word {
	if assign.Naked && assign.Name == nil {
		return r.word(assign.Value)
	}
	var text strings.Builder
	text.WriteString(assign.Name.Value)
	if assign.Index != nil {
		text.WriteString("[" + r.source(assign.Index) + "]")
	}
	if assign.Append {
		text.WriteString("+")
	}
	if !assign.Naked {
		text.WriteString("=")
	}
	if assign.Value != nil {
		text.WriteString(r.partsOf(assign.Value))
	}
	if assign.Array != nil {
		var elements []string
		for _, element := range assign.Array.Elems {
			elements = append(elements, r.partsOf(element.Value))
		}
		text.WriteString("(" + strings.Join(elements, " ") + ")")
	}
	return r.placed(text.String(), assign)
}

func (r *recorder) word(read *syntax.Word) word {
	return r.placed(r.partsOf(read), read)
}

func (r *recorder) placed(text string, node syntax.Node) word {
	// Of a word before a line ending of Windows, the first half of that is taken for a part.
	end := len(strings.TrimSuffix(r.text[:node.End().Offset()], "\r"))
	return word{text, r.offset(node.Pos().Offset()), r.offset(uint(end))}
}

// The text without quotes; what the shell would put in as it is written.
func (r *recorder) partsOf(read *syntax.Word) string {
	var text strings.Builder
	for _, part := range read.Parts {
		switch part := part.(type) {
		case *syntax.Lit:
			text.WriteString(r.literal(part, ""))
		case *syntax.SglQuoted:
			text.WriteString(part.Value)
		case *syntax.DblQuoted:
			for _, inner := range part.Parts {
				if literal, is := inner.(*syntax.Lit); is {
					text.WriteString(r.literal(literal, "$`\"\\"))
				} else {
					text.WriteString(r.source(inner))
				}
			}
		default:
			text.WriteString(r.source(part))
		}
	}
	return text.String()
}

// A literal ends before the line ending of a continuation, with the backslash still in it.
func (r *recorder) literal(literal *syntax.Lit, escaped string) string {
	source := strings.TrimSuffix(r.source(literal), "\r")
	if strings.HasPrefix(r.text[literal.End().Offset():], "\n") && !strings.HasSuffix(source, `\\`) {
		source = strings.TrimSuffix(source, `\`)
	}
	return unescaped(source, escaped)
}

// Without the backslashes that escape what follows: any character, or those that are named.
func unescaped(text string, only string) string {
	var result strings.Builder
	for index := 0; index < len(text); index++ {
		rest := text[index+1:]
		switch {
		case text[index] != '\\' || rest == "":
			result.WriteByte(text[index])
		case strings.HasPrefix(rest, "\r\n"):
			index += 2
		case rest[0] == '\n':
			index++
		case only == "" || strings.IndexByte(only, rest[0]) >= 0:
			index++
			result.WriteByte(text[index])
		default:
			result.WriteByte('\\')
		}
	}
	return result.String()
}

func (r *recorder) source(node syntax.Node) string {
	return r.text[node.Pos().Offset():node.End().Offset()]
}

func (r *recorder) offset(bytes uint) int {
	return len(utf16.Encode([]rune(r.text[:bytes])))
}
