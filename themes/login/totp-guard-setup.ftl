<#import "template.ftl" as layout>
<#import "totp-guard-commons.ftl" as guard>
<@layout.registrationLayout displayMessage=!messagesPerField.existsError("code", "label"); section>
    <#if section = "header">
        <@guard.title>${msg("totpGuard.setup.title")}</@guard.title>
    <#elseif section = "form">
        <@guard.content>
        <div id="totp-guard-setup" class="totp-guard">
            <#if totpGuardSetup.replaced?has_content>
                <div id="totp-guard-replaces" class="totp-guard-hints">
                    <p>${msg("totpGuard.setup.replaces")}</p>
                    <ul>
                        <#list totpGuardSetup.replaced as device>
                            <li><bdi>${device.label}</bdi></li>
                        </#list>
                    </ul>
                    <p>${msg("totpGuard.setup.replacesUntil")}</p>
                </div>
            </#if>

            <#if !totpGuardSetup.standardParameters>
                <@guard.warning id="totp-guard-parameters-warning">${msg("totpGuard.setup.parametersWarning")}</@guard.warning>
            </#if>

            <#-- A phone cannot scan its own screen, so a narrow page begins with the link, and a wide one with the QR code. -->
            <div class="totp-guard-scan">
                <div id="totp-guard-how">
                    <p class="totp-guard-wide">${msg("totpGuard.setup.scan")}</p>
                    <div class="totp-guard-narrow">
                        <p><a id="totp-guard-uri" href="${totpGuardSetup.uri}"
                              class="${properties.kcButtonClass!"totp-guard-button"} ${properties.kcButtonSecondaryClass!properties.kcButtonDefaultClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}">${msg("totpGuard.setup.open")}</a></p>
                        <p>${msg("totpGuard.setup.scanElsewhere")}</p>
                    </div>
                    <p id="totp-guard-apps">${totpGuardSetup.standardParameters?then(msg("totpGuard.setup.apps"), msg("totpGuard.setup.appsConfigurable"))}</p>
                </div>
                <#-- The name is set here, because the picture's own title is not in the language of the page. -->
                <div class="totp-guard-qr" role="img" aria-label="${msg("totpGuard.setup.qr")}">${totpGuardSetup.qrSvg?no_esc}</div>
            </div>

            <#-- Open without the script. The script closes it, unless the user has to compare the parameters. -->
            <details id="totp-guard-manual" open<#if !totpGuardSetup.standardParameters> data-keep-open="true"</#if>>
                <summary>${msg("totpGuard.setup.manual")}</summary>
                <p>${msg("totpGuard.setup.manualHint")}</p>
                <dl class="totp-guard-details">
                    <div>
                        <dt>${msg("totpGuard.setup.key")}</dt>
                        <dd>
                            <code id="totp-guard-key" dir="ltr" translate="no">${totpGuardSetup.key}</code>
                            <div>
                                <button type="button" id="totp-guard-copy" hidden
                                        class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!properties.kcButtonDefaultClass!}"
                                        data-copied="${msg("totpGuard.setup.copied")}"
                                        data-failed="${msg("totpGuard.setup.copyFailed")}">${msg("totpGuard.setup.copy")}</button>
                                <span id="totp-guard-copy-result" role="status" aria-live="polite"></span>
                            </div>
                        </dd>
                    </div>
                    <#if totpGuardSetup.issuer?has_content>
                        <div>
                            <dt>${msg("totpGuard.setup.issuer")}</dt>
                            <dd id="totp-guard-issuer"><bdi>${totpGuardSetup.issuer}</bdi></dd>
                        </div>
                    </#if>
                    <div>
                        <dt>${msg("totpGuard.setup.account")}</dt>
                        <dd id="totp-guard-account"><bdi>${totpGuardSetup.account}</bdi></dd>
                    </div>
                    <div>
                        <dt>${msg("totpGuard.setup.type")}</dt>
                        <dd>${msg("totpGuard.setup.timeBased")}</dd>
                    </div>
                    <#if !totpGuardSetup.standardParameters>
                        <div>
                            <dt>${msg("totpGuard.setup.algorithm")}</dt>
                            <dd id="totp-guard-algorithm">${totpGuardSetup.algorithm}</dd>
                        </div>
                        <div>
                            <dt>${msg("totpGuard.setup.digits")}</dt>
                            <dd id="totp-guard-digits">${totpGuardSetup.digits?c}</dd>
                        </div>
                        <div>
                            <dt>${msg("totpGuard.setup.period")}</dt>
                            <dd id="totp-guard-period">${totpGuardSetup.periodSeconds?c}</dd>
                        </div>
                    </#if>
                </dl>
                <p class="totp-guard-wide"><a id="totp-guard-uri-here" href="${totpGuardSetup.uri}">${msg("totpGuard.setup.open")}</a></p>
            </details>

            <#--
                The focus goes to the field with an error. On a first visit the script puts it on the code, but only on a wide page: on a
                phone the link comes first, and a focus would scroll past it. After a message about the page, it stays at the top.
            -->
            <#assign codeError = messagesPerField.get("code")>
            <#assign labelError = messagesPerField.get("label")>
            <#assign replacing = totpGuardSetup.replaced?has_content>
            <form id="totp-guard-setup-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate
                  <#if !(message?? && message.type == "error")>data-focus-code="true"</#if>>
                <@guard.codeField name="code" error=codeError required=true autofocus=codeError?has_content
                        digits=totpGuardSetup.digits note=msg("totpGuard.setup.pasted") instructions="totp-guard-how"/>
                <@guard.textField name="label" label=msg("totpGuard.setup.label") value=totpGuardSetup.label!"" error=labelError
                        autofocus=(labelError?has_content && !codeError?has_content)/>
                <@guard.logoutOtherSessions/>
                <@guard.actions label=msg("totpGuard.setup.activate") id="totp-guard-submit" cancel=true
                        cancelAs=replacing?then("cancelReplacement", "")/>
                <#-- Below the buttons, so that none of them moves away from the pointer when it appears. -->
                <div class="totp-guard-sending">
                    <span id="totp-guard-sending" role="status" data-sending="${msg("totpGuard.setup.sending")}"></span>
                    <button type="button" id="totp-guard-wait" hidden
                            class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!properties.kcButtonDefaultClass!}">${msg("totpGuard.setup.wait")}</button>
                </div>
                <#if totpGuardGraceUntil??>
                    <p id="totp-guard-grace">${msg("totpGuard.setup.grace", totpGuardGraceUntil)}</p>
                    <@guard.secondary label=msg("totpGuard.setup.notNow") id="totp-guard-not-now" name="notNow"/>
                </#if>
                <#if !replacing>
                    <@guard.deviceList devices=totpGuardDevices![]/>
                </#if>
            </form>
        </div>
        </@guard.content>
    </#if>
</@layout.registrationLayout>
