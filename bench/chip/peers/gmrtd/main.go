// Verifies the documents and master lists of a bench with gmrtd, and says what it thinks of each and what that costs.
// Reads one JSON object from standard input and prints one; its shape is that of Question and Answer.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"syscall"

	"github.com/gmrtd/gmrtd/cms"
	"github.com/gmrtd/gmrtd/document"
)

// Question is what is asked; all files are base64.
type Question struct {
	Repeats   int        `json:"repeats"`
	Documents []Document `json:"documents"`
	Lists     []List     `json:"lists"`
}

// Document has its files by name (EF_SOD, DG1 ...) and the CSCA certificates that are trusted.
type Document struct {
	Files   map[string][]byte `json:"files"`
	Anchors [][]byte          `json:"anchors"`
}

// List is a master list and the certificate that its signer leads to.
type List struct {
	List   []byte `json:"list"`
	Anchor []byte `json:"anchor"`
}

// Answer has the verdicts in the order of the question.
type Answer struct {
	Documents []Verdict `json:"documents"`
	Lists     []Verdict `json:"lists"`
}

// Verdict is accepted, rejected or panicked; Microseconds is CPU time, the mean of the repeats.
type Verdict struct {
	Verdict      string  `json:"verdict"`
	Because      string  `json:"because"`
	Microseconds float64 `json:"microseconds"`
}

func main() {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	var question Question
	if err := json.NewDecoder(os.Stdin).Decode(&question); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(65)
	}
	answer := Answer{Documents: []Verdict{}, Lists: []Verdict{}}
	for _, one := range question.Documents {
		answer.Documents = append(answer.Documents, judge(question.Repeats, one.verify))
	}
	for _, one := range question.Lists {
		answer.Lists = append(answer.Lists, judge(question.Repeats, one.verify))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(70)
	}
}

func (one Document) verify() error {
	var pool cms.GenericCertPool
	for _, anchor := range one.Anchors {
		if err := pool.Add(anchor); err != nil {
			return err
		}
	}
	var doc document.Document
	var err error
	if doc.Mf.Lds1.Sod, err = document.NewSOD(one.Files["EF_SOD"]); err != nil {
		return err
	}
	for name, file := range one.Files {
		var number int
		if _, err := fmt.Sscanf(name, "DG%d", &number); err != nil {
			continue
		}
		if err := doc.NewDG(number, file); err != nil && !strings.Contains(err.Error(), "unsupported DG") {
			return err
		}
	}
	return authenticate(&doc, &pool)
}

// Passive authentication as gmrtd's package passiveauth has it, but for the country: it knows no Utopia.
func authenticate(doc *document.Document, pool *cms.GenericCertPool) error {
	sod := doc.Mf.Lds1.Sod
	hashes, err := doc.DgHashes()
	if err != nil {
		return err
	}
	for number, hash := range hashes {
		if !bytes.Equal(hash, sod.DgHash(number)) {
			return fmt.Errorf("data group %d is not the one that EF.SOD lists", number)
		}
	}
	_, err = sod.SD.Verify(pool)
	return err
}

func (one List) verify() error {
	_, err := cms.CreateCertPoolFromSignedData(one.List, one.Anchor)
	return err
}

func judge(repeats int, verify func() error) Verdict {
	verdict := once(verify)
	if verdict.Verdict == "panicked" {
		return verdict
	}
	before := processorTime()
	for range repeats {
		_ = verify()
	}
	verdict.Microseconds = (processorTime() - before) / float64(max(repeats, 1))
	return verdict
}

func once(verify func() error) (verdict Verdict) {
	defer func() {
		if reason := recover(); reason != nil {
			verdict = Verdict{Verdict: "panicked", Because: fmt.Sprint(reason)}
		}
	}()
	if err := verify(); err != nil {
		return Verdict{Verdict: "rejected", Because: err.Error()}
	}
	return Verdict{Verdict: "accepted"}
}

func processorTime() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return float64(usage.Utime.Sec+usage.Stime.Sec)*1e6 + float64(usage.Utime.Usec+usage.Stime.Usec)
}
