"""Which family (narrow) and range (wide) a product of the Online Retail sample belongs to, by words of its description.

The first family with a matching word wins, so narrow families stand before wide ones. What matches nothing stays unmapped on purpose: the demo shows
that an unmapped product counts for nothing. The rules stand in for the person who would group a shop's own catalogue and sign the result.
"""
import re

FAMILIES = [
    ("christmas", "seasonal", "CHRISTMAS XMAS ADVENT REINDEER SANTA SNOWMAN SNOWFLAKE WREATH BAUBLE NATIVITY"),
    ("easter", "seasonal", "EASTER EGG EGGS BUNNY CHICK CHICKS"),
    ("party", "seasonal", "PARTY BUNTING BALLOON BALLOONS GARLAND BIRTHDAY CONFETTI SPARKLERS PAPER-CHAIN"),
    ("lunch-and-picnic", "kitchen-and-dining", "LUNCH SNACK PICNIC FLASK BOTTLE THERMOS"),
    ("baking-and-cooking", "kitchen-and-dining", "CAKE CAKES BAKING RECIPE APRON PAN OVEN CAKESTAND CAKECASES JAM MEASURING COOKING KITCHEN PANTRY COLANDER SPICE JELLY MOULD MOULDS SCALES CUTTERS"),
    ("jewellery", "bags-and-accessories", "NECKLACE BRACELET EARRINGS EARRING RING HAIR BROOCH CHARM BANGLE PENDANT JEWELLERY ANKLET KEYRING KEY-RING DIAMANTE NECKL"),
    ("bags", "bags-and-accessories", "BAG BAGS SHOPPER TOTE PURSE WALLET HANDBAG SHOULDER TRAVEL LUGGAGE PASSPORT"),
    ("umbrellas-and-scarves", "bags-and-accessories", "UMBRELLA PARASOL SCARF PONCHO RAIN RAINCOAT GLOVES HAT"),
    ("candles-and-lights", "home-and-living", "CANDLE CANDLES CANDLESTICK T-LIGHT T-LIGHTS TEALIGHT TLIGHT LANTERN LAMP LIGHT LIGHTS LAMPSHADE INCENSE CANDLEHOLDER CHANDELIER SCENTED"),
    ("tableware", "kitchen-and-dining", "MUG MUGS CUP CUPS SAUCER PLATE PLATES BOWL BOWLS TEAPOT TEA COFFEE JUG CUTLERY TRAY COASTER COASTERS GOBLET DISH SPOON SPOONS NAPKIN NAPKINS PLACEMATS DOILIES EGG-CUP BEAKER TUMBLER"),
    ("garden", "garden", "GARDEN PLANT PLANTER POT POTS WATERING BIRD BIRDHOUSE HERB FLOWERPOT SEEDS TROWEL KNEELING PLANTERS GNOME WINDMILL"),
    ("gift-wrap", "paper-and-craft", "WRAP RIBBON RIBBONS GIFTWRAP TAPE TAGS TISSUE"),
    ("stationery-and-cards", "paper-and-craft", "CARD CARDS NOTEBOOK PEN PENS PENCIL PENCILS PAPER STICKERS STICKER BOOK LETTER ALBUM CALENDAR CHALK CHALKBOARD MEMO PAD RULER ERASER ERASERS"),
    ("craft-kits", "paper-and-craft", "KNITTING SEWING CRAFT FELTCRAFT CROCHET EMBROIDERY BUTTONS KIT BEADS"),
    ("toys-and-games", "children", "TOY TOYS DOLL JIGSAW GAME GAMES SKIPPING DINOSAUR PLAYHOUSE SOLDIER PUPPET PUPPETS DOMINOES PUZZLE SNAP MAGIC YO-YO SPINNING TRADITIONAL JACK"),
    ("childrens-room", "children", "CHILDS CHILDRENS CHILDREN NURSERY BABY SPACEBOY DOLLY KIDS BEDROOM"),
    ("bath", "home-and-living", "SOAP BATHROOM TOWEL BATH TISSUES TOOTHBRUSH SPONGE"),
    ("soft-furnishings", "home-and-living", "CUSHION CUSHIONS QUILT THROW CURTAIN RUG BLANKET DOORSTOP DOOR-STOP HOT-WATER WARMER DRAUGHT DOORMAT MAT COVER"),
    ("wall-decor-and-signs", "home-and-living", "SIGN SIGNS WALL FRAME FRAMES PICTURE CLOCK CLOCKS MIRROR HOOK HOOKS PLAQUE MAGNET MAGNETS ART PHOTO TILE HANGING DECORATION HANGER KNOB"),
    ("storage", "home-and-living", "BASKET BOX BOXES DRAWER DRAWERS CABINET TIN TINS JAR JARS RACK TIDY CHEST TRINKET SHELF STORAGE BIN CRATE HOLDER"),
]
WORDS = [(family, wide, frozenset(words.split())) for family, wide, words in FAMILIES]


def family_of(description):
    """Family and range, or None where no rule speaks."""
    words = set(re.findall(r"[A-Z]+(?:-[A-Z]+)*", description.upper()))
    return next(((family, wide) for family, wide, known in WORDS if words & known), None)
