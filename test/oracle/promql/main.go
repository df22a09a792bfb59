// Judges PromQL expressions with the parser of Prometheus: one JSON string a line comes in, and one line goes out for
// each, `true` when the parser reads it. Built and run by record-verdicts.ts.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"github.com/prometheus/prometheus/promql/parser"
)

func main() {
	judge := parser.NewParser(parser.Options{})
	lines := json.NewDecoder(bufio.NewReader(os.Stdin))
	verdicts := bufio.NewWriter(os.Stdout)
	defer verdicts.Flush()
	for lines.More() {
		var expression string
		if err := lines.Decode(&expression); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		_, err := judge.ParseExpr(expression)
		fmt.Fprintln(verdicts, err == nil)
	}
}
