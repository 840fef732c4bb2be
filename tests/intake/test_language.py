import pytest

from evenhand.intake.language import language_of
from tests.intake.desk import received

OTHERS = {
    "fr": "Le ministère de la Défense a déclaré que cinq civils ont été tués lors d’une frappe aérienne dans l’est.",
    "de": "Das Verteidigungsministerium erklärte, fünf Zivilisten seien bei einem Luftangriff getötet worden.",
    "tr": "Savunma Bakanlığı, hava saldırısında beş sivilin öldüğünü açıkladı. Bakanlık sözcüsü yorum yapmadı.",
    "ru": "Министерство обороны сообщило, что погибли пять мирных жителей.",
    "uk": "Міністерство оборони повідомило, що загинули п’ятеро мирних жителів.",
    "ar": "قالت وزارة الدفاع إن خمسة مدنيين قتلوا",
    "fa": "وزارت دفاع گفت که پنج غیرنظامی در حمله هوایی کشته شدند",
    "he": "משרד הביטחון אמר",
    "am": "የመከላከያ ሚኒስቴር አምስት ሰላማዊ ሰዎች ተገድለዋል ብሏል",
}


@pytest.mark.parametrize(("code", "text"), OTHERS.items())
def test_a_report_in_another_language_is_kept_and_not_half_read(code, text):
    (only,) = received(text)
    assert only.report.language == code
    assert only.report.text == text
    assert only.unread.why == f"language {code} not supported"


@pytest.mark.parametrize(
    "text",
    ["Ten people were killed in the town, a monitor said on Monday.",
     "Mr. al-Abdullah and the Shabiha were in Deir ez-Zor, Raqqa, al-Hasakah and Qamishli with Abu Bakr al-Husseini."],
)  # fmt: skip
def test_english(text):
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "text", ["", "!!! 12", "Monitor AFP", "Russian strikes kill 34 civilians in Syrias Deir Ezzor"]
)
def test_too_little_to_tell(text):
    assert language_of(text) is None
