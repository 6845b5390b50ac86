// +build ignore
package mixed
