/** All pages: accessibility, themes, languages, small screens. */
package io.github.totpguard.it.page;
