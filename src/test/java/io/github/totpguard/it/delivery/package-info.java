/** The deliverables: the command-line tool, the demo, the README's command. */
package io.github.totpguard.it.delivery;
