// Command kube-apiserver is the Kubernetes API server, built from its published modules for the tests of this
// repository: no distribution packages it alone.
package main

import (
	"os"

	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"

	_ "k8s.io/component-base/metrics/prometheus/clientgo"
)

func main() {
	os.Exit(cli.Run(app.NewAPIServerCommand()))
}
