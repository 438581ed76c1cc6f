package io.github.totpguard.keycloak.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Name and logo of a realm")
class RealmBrandTest {
    @Test
    @DisplayName("a name is text, whatever characters it has, and stands alone where there is no logo")
    void name() {
        assertThat(new RealmBrand("A & B <b onclick=\"x\">'s", Optional.empty()).html())
                .isEqualTo("<bdi>A &amp; B &lt;b onclick=&quot;x&quot;&gt;&#39;s</bdi>");
    }

    @Test
    @DisplayName("a logo stands before the name and is silent for screen readers")
    void logo() {
        assertThat(new RealmBrand("Acme", Optional.of("/resources/a1b2c/login/acme/img/logo.svg")).html())
                .isEqualTo("<img src=\"/resources/a1b2c/login/acme/img/logo.svg\" alt=\"\"> <bdi>Acme</bdi>");
    }
}
